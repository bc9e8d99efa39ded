package dev.conduct.ledger.verify;

import dev.conduct.ledger.verify.BundleVerifier.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an entry says with which a log began anew: which log was before it, what that one signed last, and why it was
/// left. The entries after it are those that were still there, in their order; the first `fits` of them are under a
/// checkpoint of the log before, which stands in the entry too.
///
/// @param formerOrigin the log before
/// @param formerKey its verifier key
/// @param formerSize over how many entries it last signed, or promised to sign
/// @param formerRoot the root over these, in hex
/// @param kept how many of its entries were still there
/// @param fits how many of these, from the first on, are those under one of its checkpoints
/// @param setAside entries that were there and were not as they were recorded
/// @param missing entries that were counted and were not there
/// @param reason why; null where it was erased or does not lie beside
/// @param at when
public record Beginning(
        String formerOrigin,
        String formerKey,
        long formerSize,
        String formerRoot,
        long kept,
        long fits,
        long setAside,
        long missing,
        @Nullable String reason,
        String at) {

    public static final String ACTION = "ledger.begin_anew";
    public static final String REASON = "reason";

    /// Null when the entry is none.
    ///
    /// @throws IllegalArgumentException when it is one, and says something that the notes in it do not
    static @Nullable Following of(Map<String, Object> entry, List<Value> beside) {
        if (!ACTION.equals(entry.get("action"))) {
            return null;
        }
        var data = (Map<?, ?>) Objects.requireNonNull(entry.get("data"));
        var key = VerifierKey.parse(text(data, "former_key"));
        if (data.get("former_note") instanceof String note
                && Checkpoint.opened(note, key).size() > number(data, "former_size")) {
            throw new IllegalArgumentException("says less of the log before than that log signed");
        }
        var fits = data.get("fits_note") instanceof String note ? Checkpoint.opened(note, key) : null;
        var beginning = new Beginning(
                key.name(),
                key.toString(),
                number(data, "former_size"),
                text(data, "former_root"),
                number(data, "kept"),
                fits == null ? 0 : fits.size(),
                number(data, "set_aside"),
                number(data, "missing"),
                beside.stream()
                        .filter(value -> value.field().equals(REASON))
                        .map(Value::value)
                        .findFirst()
                        .orElse(null),
                EntryCheck.text(entry, "recorded_at"));
        return new Following(beginning, fits, new Frontier());
    }

    private static String text(Map<?, ?> data, String field) {
        if (data.get(field) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("does not say which log was before it: " + field + " is missing");
    }

    private static long number(Map<?, ?> data, String field) {
        if (data.get(field) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("does not say which log was before it: " + field + " is missing");
    }

    String inWords() {
        return "This log began anew at " + at + " after " + formerOrigin + ", whose last checkpoint was over "
                + formerSize + " entries (root " + formerRoot + "); reason: "
                + (reason == null ? "not at hand" : reason) + ". " + kept + " of its entries were still there"
                + (fits == 0
                        ? "; no checkpoint of it covers them."
                        : "; the first " + fits + " are those under its own checkpoint.")
                + (setAside == 0 ? "" : " " + setAside + " were not as they were recorded and were set aside.")
                + (missing == 0 ? "" : " " + missing + " were missing among them.");
    }

    String inJson() {
        return "{\"at\":" + CanonicalJson.quoted(at) + ",\"former_origin\":" + CanonicalJson.quoted(formerOrigin)
                + ",\"former_size\":" + formerSize + ",\"former_root\":" + CanonicalJson.quoted(formerRoot)
                + ",\"kept\":" + kept + ",\"fits\":" + fits + ",\"set_aside\":" + setAside + ",\"missing\":" + missing
                + ",\"reason\":" + (reason == null ? "null" : CanonicalJson.quoted(reason)) + "}";
    }

    /// The entries after it, compared with what the log before signed.
    record Following(Beginning beginning, @Nullable Checkpoint fits, Frontier after) {

        void append(long index, byte[] leaf) throws Broken {
            if (fits == null || after.size() == fits.size()) {
                return;
            }
            after.append(leaf);
            if (after.size() == fits.size() && !Arrays.equals(after.root(), fits.root())) {
                throw Broken.at(
                        index - fits.size() + 1,
                        "The entries " + (index - fits.size() + 1) + " to " + index + " are not those over which "
                                + fits.origin() + " signed before the log began anew.");
            }
        }

        void end(long entries) throws Broken {
            if (fits != null && after.size() < fits.size()) {
                throw Broken.at(
                        entries,
                        "The log ends before the " + fits.size() + " entries that it kept of " + fits.origin());
            }
        }
    }
}
