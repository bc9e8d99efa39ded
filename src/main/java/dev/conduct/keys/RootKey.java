package dev.conduct.keys;

import com.google.crypto.tink.Aead;

/// The key that wraps the keysets and is never in the database, nor in a backup of it.
///
/// @param provider where it lies: `file`, `passphrase`, `pkcs11` or `http`
/// @param id tells one root key from another without saying anything of it
/// @param where in words, for people
record RootKey(String provider, String id, String where, Aead aead) {}
