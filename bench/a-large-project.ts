// A web shop of any size, made by rule: applications with models, services, routes and helpers that
// import each other as grown projects do. The same number of files gives the same bytes.

/** Files of one application; every application imports from its neighbour, too. */
const filesOfApp = 40;

/** Texts by path, about seven kilobytes each. */
export function aLargeProject(files: number): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {
    "shop/__init__.py": "",
    "shop/db.py": db,
  };
  for (let at = 0; Object.keys(texts).length < files; at += 1) {
    const app = Math.floor(at / filesOfApp);
    const part = at % filesOfApp;
    const folder = `shop/app${app}`;
    if (part === 0) texts[`${folder}/__init__.py`] = "";
    else if (part === 1) texts[`${folder}/models.py`] = model(app);
    else if (part === 2) texts[`${folder}/routes.py`] = routes(app);
    else texts[`${folder}/service${part}.py`] = service(app, part);
  }
  return texts;
}

const db = `import os
from sqlalchemy import create_engine
from sqlalchemy.orm import declarative_base, sessionmaker

engine = create_engine(os.environ["DATABASE_URL"])
Session = sessionmaker(bind=engine)
Base = declarative_base()
`;

function model(app: number): string {
  const tables = Array.from(
    { length: 8 },
    (_, at) => `

class Thing${app}x${at}(Base):
    __tablename__ = "thing_${app}_${at}"

    id = Column(Integer, primary_key=True)
    name = Column(String(200), nullable=False, index=True)
    owner_id = Column(Integer, ForeignKey("owner.id"), index=True)

    def describe(self):
        return {"id": self.id, "name": self.name, "owner": self.owner_id}
`,
  );
  return `from sqlalchemy import Column, ForeignKey, Integer, String

from shop.db import Base
${tables.join("")}`;
}

function routes(app: number): string {
  const views = Array.from(
    { length: 12 },
    (_, at) => `

@blueprint.get("/things/${at}")
def show_things_${at}():
    session = Session()
    wanted = request.args.get("name", "")
    found = session.query(Thing${app}x${at % 8}).filter_by(name=wanted).limit(50).all()
    return jsonify([prepare_${at}_0(thing.describe(), wanted) for thing in found])
`,
  );
  const names = Array.from({ length: 8 }, (_, at) => `Thing${app}x${at}`).join(", ");
  const imports = Array.from(
    { length: 12 },
    (_, at) => `from shop.app${app}.service${at + 3} import work_0 as prepare_${at}_0`,
  );
  return `from flask import Blueprint, jsonify, request

from shop.db import Session
from shop.app${app}.models import ${names}
${imports.join("\n")}

blueprint = Blueprint("app${app}", __name__)
${views.join("")}`;
}

function service(app: number, part: number): string {
  const next = 3 + ((part - 2) % (filesOfApp - 3));
  const works = Array.from(
    { length: 22 },
    (_, at) => `

def work_${at}(values, label):
    """Puts what is told of a thing into the shape that the page shows."""
    result = dict(values)
    for key, value in sorted(values.items()):
        if isinstance(value, str) and value.startswith(label):
            result[key] = value.strip().title()
        elif value is None:
            result[key] = "unknown"
    return ${at === 0 ? "next_step(result, label)" : "result"}
`,
  );
  return `import logging
from datetime import datetime

from .service${next} import work_1 as next_step
${part % 10 === 0 && app > 0 ? `from shop.app${app - 1}.service${part + 1} import work_2 as earlier\n` : ""}
log = logging.getLogger(__name__)
started = datetime.now()
${works.join("")}`;
}
