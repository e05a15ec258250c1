from flask import Flask

from catalogue.extensions import db, migrate


def create_app():
    app = Flask(__name__)
    app.config.from_prefixed_env()
    db.init_app(app)
    migrate.init_app(app, db)
    from catalogue.books.views import bp

    app.register_blueprint(bp, url_prefix="/books")
    return app
