-- Pages that stay open hear of it at once, on every node. The id itself opens the session and is not announced.
create function identity.session_ended() returns trigger
    language plpgsql as $$
begin
    perform pg_notify('session_ended', encode(sha256(convert_to(trim(old.session_id), 'UTF8')), 'hex'));
    return old;
end
$$;
comment on function identity.session_ended() is 'Announces the SHA-256 of the id of a session that ended';
create trigger session_ended after delete on identity.session
    for each row execute function identity.session_ended();
