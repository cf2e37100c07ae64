#!/bin/sh
# Makes the owner of Switchyard's database when PostgreSQL's volume is new: it must be no superuser, or row security would not hold for it.
psql -v ON_ERROR_STOP=1 -v password="$SWITCHYARD_DB_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
create role switchyard login createrole password :'password';
create database switchyard owner switchyard;
SQL
