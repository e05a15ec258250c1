# Shapes of faults that were found in published programs, and of what mended them.


# === gerapy project_clone
import os
import requests
from shutil import rmtree
from subprocess import Popen, PIPE
from django.core.serializers import serialize
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import IsAuthenticated
from gerapy.server.core.response import JsonResponse
from gerapy.server.core.utils import get_logger
import json
PROJECTS_FOLDER = "projects"
logger = get_logger(__name__)

@api_view(['POST'])
@permission_classes([IsAuthenticated])
def project_clone(request):
    if request.method == 'POST':
        data = json.loads(request.body)
        address = data.get('address')
        if not address.startswith('http'):
            return JsonResponse({'status': False})
        address = address + '.git' if not address.endswith('.git') else address
        cmd = 'git clone {address} {target}'.format(address=address, target=os.path.join(PROJECTS_FOLDER, 'x'))
        logger.debug('clone cmd %s', cmd)
        p = Popen(cmd, shell=True, stdin=PIPE, stdout=PIPE, stderr=PIPE)  # finding: command-injection
        stdout, stderr = p.communicate(timeout=60)
        return JsonResponse({'status': not stderr})


# === gerapy project_clone: harmless
import os
from subprocess import Popen, PIPE
from rest_framework.decorators import api_view
from gerapy.server.core.response import JsonResponse
import json
PROJECTS_FOLDER = "projects"

@api_view(['POST'])
def project_clone(request):
    if request.method == 'POST':
        data = json.loads(request.body)
        address = data.get('address')
        if not address.startswith('http'):
            return JsonResponse({'status': False})
        cmd = ['git', 'clone', address, os.path.join(PROJECTS_FOLDER, 'x')]
        p = Popen(cmd, shell=False, stdin=PIPE, stdout=PIPE, stderr=PIPE)
        stdout, stderr = p.communicate(timeout=60)
        return JsonResponse({'status': not stderr})


# === pyload flashgot js2py
import flask
import js2py
from base64 import standard_b64decode
from urllib.parse import unquote
bp = flask.Blueprint("flash", __name__, url_prefix="/flash")
@bp.route("/addcrypted2", methods=["POST"], endpoint="addcrypted2")
def addcrypted2():
    package = flask.request.form.get("package", flask.request.form.get("source"))
    crypted = flask.request.form["crypted"]
    jk = flask.request.form["jk"]
    crypted = standard_b64decode(unquote(crypted.replace(" ", "+")))
    jk = js2py.eval_js(f"{jk} f()")  # finding: code-injection
    return "ok"


# === flask-appbuilder login
from flask import g, redirect, request, session
from flask_appbuilder.views import expose
class AuthDBView:
    @expose("/login/", methods=["GET", "POST"])
    def login(self):
        if g.user is not None and g.user.is_authenticated:
            return redirect(self.appbuilder.get_url_for_index)
        next_url = request.args.get("next", "")
        return redirect(next_url)  # finding: open-redirect


# === flask-appbuilder login: harmless
from urllib.parse import urljoin, urlparse
from flask import g, redirect, request
from flask_appbuilder.views import expose
def is_safe_redirect_url(url: str) -> bool:
    host_url = urlparse(request.host_url)
    redirect_url = urlparse(urljoin(request.host_url, url))
    return redirect_url.scheme in ("http", "https") and host_url.netloc == redirect_url.netloc
def get_safe_redirect(url):
    if url and is_safe_redirect_url(url):
        return url
    return "/"
class AuthDBView:
    @expose("/login/", methods=["GET", "POST"])
    def login(self):
        next_url = request.args.get("next", "")
        return redirect(get_safe_redirect(next_url))


# === mlflow artifact
import os
import posixpath
from flask import request, send_file
from mlflow.utils import get_store
def get_artifact_handler():
    query_string = request.query_string.decode("utf-8")
    run_id = request.args.get("run_id") or request.args.get("run_uuid")
    path = request.args["path"]
    root = "/mlartifacts"
    filename = os.path.join(root, path)
    return send_file(filename, as_attachment=True)  # finding: path-traversal


# === mlflow artifact: harmless
import os
import posixpath
from flask import request, send_file
from werkzeug.exceptions import BadRequest
def validate_path_is_safe(path):
    if ".." in path.split("/") or posixpath.isabs(path) or "\\" in path:
        raise BadRequest("Invalid path")
def get_artifact_handler():
    path = request.args["path"]
    validate_path_is_safe(path)
    filename = os.path.join("/mlartifacts", path)
    return send_file(filename, as_attachment=True)


# === label studio import url
import os
import requests
from urllib.parse import urlparse
from rest_framework.views import APIView
from rest_framework.exceptions import ValidationError
def tasks_from_url(file_upload_ids, project, request, url):
    filename = url.rsplit('/', 1)[-1]
    response = requests.get(url, timeout=5)  # finding: server-side-request-forgery
    return response.content
def load_tasks(request, project):
    url = request.data.get('url')
    if url:
        return tasks_from_url([], project, request, url)
class ImportAPI(APIView):
    def post(self, request, *args, **kwargs):
        return load_tasks(request, None)


# === label studio import url: harmless
import ipaddress
import socket
import requests
from urllib.parse import urlparse
from rest_framework.views import APIView
from rest_framework.exceptions import ValidationError
def validate_upload_url(url, block_local_urls=True):
    parsed_url = urlparse(url)
    if parsed_url.scheme not in ('http', 'https'):
        raise ValidationError('bad scheme')
    domain = parsed_url.netloc
    ip = socket.gethostbyname(domain)
    if block_local_urls and ipaddress.ip_address(ip).is_private:
        raise ValidationError('local')
def load_tasks(request, project):
    url = request.data.get('url')
    validate_upload_url(url)
    response = requests.get(url, allow_redirects=False, timeout=5)
    return response.content
class ImportAPI(APIView):
    def post(self, request, *args, **kwargs):
        return load_tasks(request, None)


# === fastapi tar upload
import tarfile
from fastapi import FastAPI, UploadFile
app = FastAPI()
@app.post("/models")
async def models(file: UploadFile):
    with tarfile.open(fileobj=file.file, mode="r:gz") as tar:
        tar.extractall(path="models")  # finding: path-traversal


# === tar safe_extract: harmless
import os
import tarfile
from fastapi import FastAPI, UploadFile
app = FastAPI()
def is_within_directory(directory, target):
    abs_directory = os.path.abspath(directory)
    abs_target = os.path.abspath(target)
    prefix = os.path.commonprefix([abs_directory, abs_target])
    return prefix == abs_directory
def safe_extract(tar, path=".", members=None, *, numeric_owner=False):
    for member in tar.getmembers():
        member_path = os.path.join(path, member.name)
        if not is_within_directory(path, member_path):
            raise Exception("Attempted Path Traversal in Tar File")
    tar.extractall(path, members, numeric_owner=numeric_owner)
@app.post("/models")
async def models(file: UploadFile):
    with tarfile.open(fileobj=file.file, mode="r:gz") as tar:
        safe_extract(tar, "models")


# === libnmap
import shlex
import subprocess
from flask import Flask, request
app = Flask(__name__)
class NmapProcess:
    def __init__(self, targets="127.0.0.1", options="-sT"):
        self.__nmap_targets = targets
        self.__nmap_options = options
    def get_command_line(self):
        return "nmap {0} {1}".format(self.__nmap_options, self.__nmap_targets)
    def run(self):
        p = subprocess.Popen(self.get_command_line(), shell=True)  # finding: command-injection
        return p.wait(60)
@app.get("/scan")
def scan():
    NmapProcess(request.args["target"], request.args.get("options", "-sT")).run()
    return "ok"


# === libnmap: harmless
import shlex
import subprocess
from flask import Flask, request
app = Flask(__name__)
class NmapProcess:
    def __init__(self, targets="127.0.0.1", options="-sT"):
        self.__nmap_targets = targets
        self.__nmap_options = options
    def get_command_line(self):
        return ["nmap", *shlex.split(self.__nmap_options), "--", self.__nmap_targets]
    def run(self):
        p = subprocess.Popen(self.get_command_line())
        return p.wait(60)
@app.get("/scan")
def scan():
    NmapProcess(request.args["target"]).run()
    return "ok"


# === django-helpdesk markdown
from django.utils.safestring import mark_safe
from markdown import markdown
def get_markdown(text):
    if not text:
        return ""
    return mark_safe(markdown(text, extensions=["markdown.extensions.nl2br"]))  # finding: cross-site-scripting
def preview(request):
    from django.shortcuts import render
    return render(request, "p.html", {"body": get_markdown(request.POST.get("body"))})


# === django-helpdesk bleach: harmless
import bleach
from django.utils.safestring import mark_safe
from markdown import markdown
def get_markdown(text):
    return mark_safe(bleach.clean(markdown(text), tags=["p", "b"]))
def preview(request):
    from django.shortcuts import render
    return render(request, "p.html", {"body": get_markdown(request.POST.get("body"))})


# === signer unsign
import hashlib, hmac
class Signer:
    def __init__(self, key):
        self.key = key
    def get_signature(self, value):
        return hmac.new(self.key, value, hashlib.sha1).hexdigest()
    def unsign(self, signed_value):
        value, sig = signed_value.rsplit(b".", 1)
        if sig == self.get_signature(value):  # finding: timing-unsafe-comparison
            return value
        raise ValueError("bad signature")


# === flask report name from json
import json, os
from flask import Flask, request
app = Flask(__name__)
@app.route("/reports", methods=["POST"])
def reports():
    payload = json.loads(request.data)
    name = payload.get("name")
    path = os.path.join(app.config["REPORTS"], name + ".pdf")
    os.remove(path)  # finding: path-traversal
    return ""


# === flask report uuid check: harmless
import json, os, uuid
from flask import Flask, request, abort
app = Flask(__name__)
def valid_uuid(s):
    try:
        uuid.UUID(s)
        return True
    except ValueError:
        return False
@app.route("/reports", methods=["POST"])
def reports():
    payload = json.loads(request.data)
    name = payload.get("name")
    if not valid_uuid(name):
        abort(400)
    path = os.path.join(app.config["REPORTS"], name + ".pdf")
    os.remove(path)
    return ""


# === d startswith: harmless
import os, tarfile
from fastapi import FastAPI, UploadFile
app = FastAPI()
@app.post("/models")
async def models(file: UploadFile):
    tar = tarfile.open(fileobj=file.file, mode="r:gz")
    for member in tar.getmembers():
        if not os.path.abspath(os.path.join("m", member.name)).startswith(os.path.abspath("m") + os.sep):
            raise Exception("x")
    tar.extractall("models")
