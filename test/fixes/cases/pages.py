from flask import Flask, make_response, request
from markupsafe import Markup

app = Flask(__name__)


@app.get("/a")
def formatted():
    name = request.args["name"]
    return f"<h1>Hello {name}</h1>"


@app.get("/b")
def joined():
    return "<p>" + request.args["q"] + "</p>"


@app.get("/c")
def percent():
    name = request.args.get("name", "")
    return "<h1>%s</h1>" % name


@app.get("/d")
def with_format():
    return "<h1>{}</h1>".format(request.args["name"])


@app.get("/e")
def two_values():
    first = request.args["first"]
    last = request.args["last"]
    return f"<b>{first}</b> <i>{last}</i>"


@app.get("/f")
def with_status():
    return make_response(f"<p>no page {request.path} for {request.args['q']}</p>", 404)


@app.get("/g")
def only_the_visitors():
    count = 3
    q = request.args["q"]
    return f"<p>{count} of {q}</p>"  # safe otherwise


@app.get("/h")
def markup():
    name = request.args["name"]
    return {"html": Markup(f"<b>{name}</b>")}


@app.get("/i")
def triple():
    q = request.args["q"]
    return f"""
    <html>
      <body>{q}</body>
    </html>
    """


@app.get("/j")
def in_a_variable():
    name = request.args["name"]
    page = f"<h1>{name}</h1>"
    return page


@app.get("/k")
def of_a_path():
    return "<p>Hello " + request.args["name"]


@app.get("/y")
def in_an_attribute():
    url = request.args["url"]
    return f'<a href="{url}">back</a>'


@app.get("/z")
def in_a_script():
    value = request.args["value"]
    return f"<script>var x = {value};</script>"
