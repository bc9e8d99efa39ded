alter table identity.client drop constraint client_scopes_check;
alter table identity.client add constraint client_scopes_check
    check (scopes <@ '{read,write,administer,metrics,scim}' and cardinality(scopes) > 0);
alter table identity.client alter column scopes drop default;
