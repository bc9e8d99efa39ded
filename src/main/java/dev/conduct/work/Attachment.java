package dev.conduct.work;

import java.time.Instant;
import java.util.UUID;

/// A file that somebody attached to an item.
///
/// @param sha256 of its content, under which it is kept
/// @param size in bytes
/// @param mediaType found in the content; the sender's word is not taken
/// @param name what the sender called it, cleaned
record Attachment(
        UUID id, String item, String name, String mediaType, long size, String sha256, String addedBy, Instant at) {}
