-- Roles, extensions and the empty database; run once, as superuser, in template1, so that test databases have them too.
-- Statements are one to a paragraph because single-user mode reads them so. Passwords are set by the caller.
-- The owner migrates and may create test databases; the application's role owns nothing; the audit role reads and seals;
-- the backup role reads every row of every table, past row security, and changes none. Nobody but the owner makes temporary tables.
CREATE ROLE vigil_owner LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS;

CREATE ROLE vigil_app LOGIN NOSUPERUSER NOCREATEDB NOBYPASSRLS;

CREATE ROLE vigil_audit LOGIN NOSUPERUSER NOCREATEDB NOBYPASSRLS;

CREATE ROLE vigil_backup LOGIN NOSUPERUSER NOCREATEDB BYPASSRLS;

GRANT pg_read_all_data TO vigil_backup;

ALTER ROLE vigil_backup SET default_transaction_read_only = on;

GRANT vigil_app, vigil_audit TO vigil_owner;

CREATE EXTENSION pg_trgm;

CREATE EXTENSION fuzzystrmatch;

CREATE EXTENSION unaccent;

CREATE EXTENSION intarray;

CREATE EXTENSION btree_gist;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;

CREATE DATABASE vigil OWNER vigil_owner;

REVOKE TEMPORARY ON DATABASE vigil FROM PUBLIC;
