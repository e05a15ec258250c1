# What stands in the wrong order, rows that two requests change, and migrations that change no table.


# === decorators above the route
from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import login_required

app = Flask(__name__)
limiter = Limiter(get_remote_address, app=app)


@login_required  # finding: missing-authentication
@app.route("/settings", methods=["POST"])
def settings():
    return {}


@limiter.limit("5/minute")  # finding: missing-rate-limit
@app.route("/login", methods=["POST"])
def login():
    return {}


@app.route("/otp", methods=["POST"])
@limiter.limit("5/minute")
def otp():
    return {}


@app.route("/profile", methods=["POST"])
@login_required
def profile():
    return {}


# === decorators of django stand in any order
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.views.decorators.http import require_POST


@login_required
@require_POST
def settings(request):
    return JsonResponse({})


# === the row of whoever asks
# --- shop/models.py
from django.conf import settings
from django.db import models


class Wallet(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    balance = models.DecimalField(max_digits=9, decimal_places=2)
    nickname = models.CharField(max_length=9)


class Card(models.Model):
    owner = models.OneToOneField("auth.User", on_delete=models.CASCADE, related_name="loyalty")
    points = models.IntegerField(default=0)


# --- shop/views.py
from decimal import Decimal
from django.db import transaction
from django.db.models import F
from django.http import JsonResponse
from shop.models import Wallet


def pay(request):
    wallet = request.user.wallet
    wallet.balance -= Decimal(request.POST["amount"])  # finding: race-condition
    wallet.save()
    return JsonResponse({})


def earn(request):
    request.user.loyalty.points += 1  # finding: race-condition
    request.user.loyalty.save()
    return JsonResponse({})


def rename(request):
    wallet = request.user.wallet
    wallet.nickname += "!"
    wallet.save()
    return JsonResponse({})


def pay_in_the_database(request):
    wallet = request.user.wallet
    wallet.balance = F("balance") - Decimal(request.POST["amount"])
    wallet.save()
    return JsonResponse({})


def pay_locked(request):
    with transaction.atomic():
        wallet = Wallet.objects.select_for_update().get(user=request.user)
        wallet.balance -= Decimal(request.POST["amount"])
        wallet.save()
    return JsonResponse({})


def only_shown(request):
    request.user.loyalty.points += 1
    return JsonResponse({"next": request.user.loyalty.points})


# --- shop/urls.py
from django.urls import path
from shop import views

urlpatterns = [path("pay", views.pay), path("earn", views.earn), path("rename", views.rename)]


# === a field without a column of its own
# --- shop/settings.py
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop"}}
INSTALLED_APPS = ["orders"]


# --- orders/migrations/0001_initial.py
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel("Tag", [("id", models.AutoField(primary_key=True))]),
        migrations.CreateModel(
            "Order",
            [
                ("id", models.AutoField(primary_key=True)),
                ("tags", models.ManyToManyField("orders.Tag", null=True)),
                ("note", models.TextField(null=True)),
            ],
        ),
    ]


# --- orders/migrations/0002_tags.py
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]
    operations = [
        migrations.AlterField("order", "tags", models.ManyToManyField("orders.Tag", blank=True)),
        migrations.AlterField("order", "note", models.TextField()),  # finding: unsafe-migration
    ]


# === migrations in plain SQL
# --- db/migrations/0001_init.sql
CREATE TABLE orders (id serial PRIMARY KEY, total numeric NOT NULL);
CREATE INDEX orders_total ON orders (total);


# --- db/migrations/0002_state.sql
-- a comment; with a semicolon
ALTER TABLE orders ADD COLUMN state text NOT NULL;  # finding: unsafe-migration
CREATE TABLE line (id serial PRIMARY KEY, amount int NOT NULL);
CREATE INDEX line_amount ON line (amount);


# --- db/migrations/0003_index.sql
CREATE INDEX CONCURRENTLY orders_state ON orders (state);
ALTER TABLE orders ADD COLUMN note text;
ALTER TABLE orders ADD COLUMN paid boolean NOT NULL DEFAULT false;
UPDATE orders SET state = 'new;' WHERE id = 5;


# --- db/migrations/0004_note.sql
-- migrate:up
CREATE FUNCTION touch() RETURNS trigger AS $$ BEGIN UPDATE orders SET total = 0; END; $$ LANGUAGE plpgsql;
CREATE INDEX orders_note ON orders (note);  # finding: unsafe-migration
ALTER TABLE orders RENAME COLUMN note TO remark;  # finding: unsafe-migration

-- migrate:down
ALTER TABLE orders DROP COLUMN remark;


# --- db/migrations/0004_note.down.sql
DROP INDEX orders_note;


# --- db/schema.sql
CREATE INDEX orders_remark ON orders (remark);


# --- app.py
import psycopg2

connection = psycopg2.connect("postgresql://shop")
