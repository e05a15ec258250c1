import os

import psycopg2
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import NullPool

engine = create_engine(os.environ["DATABASE_URL"], poolclass=NullPool)  # finding: connection-per-request
worker_engine = create_engine(os.environ["DATABASE_URL"], pool_size=5)
SessionLocal = sessionmaker(engine)
connection = psycopg2.connect(os.environ["DATABASE_URL"])  # finding: connection-per-request
