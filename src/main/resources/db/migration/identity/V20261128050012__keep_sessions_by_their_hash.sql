-- The id of a session is the hash of the key that its browser has, and what it holds is encrypted. Sessions from before
-- hold both in the clear: whoever is signed in signs in once more.
delete from identity.session;
comment on table identity.session is 'Sign-in sessions (Spring Session JDBC). session_id is the hash of the key in the browser''s cookie.';
comment on column identity.session_attributes.attribute_bytes is 'What the session holds, encrypted (keys, purpose secrets).';
