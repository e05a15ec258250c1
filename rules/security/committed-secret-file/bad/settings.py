import os

from dotenv import load_dotenv

load_dotenv("production.env")

SECRET_KEY = os.environ["SESSION_SECRET"]
EMAIL_HOST_PASSWORD = os.environ["MAIL_PASSWORD"]
