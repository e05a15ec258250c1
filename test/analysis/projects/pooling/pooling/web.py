import boto3
import httpx
import requests
from flask import Flask, jsonify

from pooling.db import SessionLocal, connection

app = Flask(__name__)
s3 = boto3.client("s3")


@app.get("/leak")
def leak():
    session = SessionLocal()  # finding: connection-per-request
    return jsonify(session.execute("SELECT 1").scalar())


@app.get("/closed")
def closed():
    session = SessionLocal()
    try:
        return jsonify(session.execute("SELECT 1").scalar())
    finally:
        session.close()


@app.get("/with")
def within():
    with SessionLocal() as session:
        return jsonify(session.execute("SELECT 1").scalar())


@app.get("/shared")
def shared():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return jsonify(cursor.fetchone())


@app.get("/bucket")
def bucket():
    client = boto3.client("s3")  # finding: connection-per-request
    return jsonify(client.list_buckets()["Buckets"])


@app.get("/bucket-kept")
def bucket_kept():
    return jsonify(s3.list_buckets()["Buckets"])


@app.get("/http")
def http():
    session = requests.Session()  # finding: connection-per-request
    return session.get("https://a.example.org", timeout=3).text


@app.get("/http-two")
def http_two():
    with httpx.Client() as client:
        return client.get("https://a.example.org").text
