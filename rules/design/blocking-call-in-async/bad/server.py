import subprocess

import tornado.web


def run_system_command(*arguments):
    return subprocess.check_output(arguments)


class CompileHandler(tornado.web.RequestHandler):
    def post(self):
        self.set_header("Content-Type", "text/plain")
        self.write(run_system_command("make", "all"))  # finding: runs on the event loop
