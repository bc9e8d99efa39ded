package dev.conduct.admin;

import dev.conduct.identity.People;
import dev.conduct.keys.KeyStatus;
import dev.conduct.keys.Rotations.Rotation;
import dev.conduct.shell.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The encryption keys: what lies under each, and the rotation that is under way.
///
/// @param people by the ids that started rotations
/// @param now when it was read
record KeysPage(KeyStatus.Overview overview, Map<String, People.Person> people, Instant now) implements View {

    /// How long one key writes, as a rule.
    static final Duration ROTATED = Duration.ofDays(90);

    private static final long DAYS = ROTATED.toDays();

    @Override
    public String template() {
        return "admin/keys.jte";
    }

    @Override
    public String title() {
        return "Encryption keys";
    }

    List<Rotation> running() {
        return overview.rotations().stream()
                .filter(rotation -> rotation.finishedAt() == null)
                .toList();
    }

    boolean running(KeyStatus.Keys keys) {
        return running().stream().anyMatch(rotation -> rotation.purpose() == keys.purpose());
    }

    String by(Rotation rotation) {
        return Optional.ofNullable(people.get(rotation.startedBy()))
                .map(People.Person::name)
                .orElse(rotation.startedBy());
    }

    /// Of ninety days, in a hundred.
    int age(KeyStatus.Keys keys) {
        return (int) Math.min(100, 100 * days(keys) / DAYS);
    }

    long days(KeyStatus.Keys keys) {
        return Math.max(0, Duration.between(keys.since(), now).toDays());
    }

    boolean due(KeyStatus.Keys keys) {
        return days(keys) >= DAYS;
    }

    /// Those that are still there.
    List<KeyStatus.Key> held(KeyStatus.Keys keys) {
        return keys.keys().stream()
                .filter(key -> !key.state().equals("destroyed"))
                .toList();
    }

    static String hex(Rotation rotation) {
        return String.format("%08x", rotation.key());
    }

    String provider() {
        return switch (overview.provider()) {
            case "file" -> "A file, for the server's user alone";
            case "passphrase" -> "A file, sealed by a passphrase";
            case "pkcs11" -> "A PKCS#11 token";
            case "http" -> "A key service";
            default -> overview.provider();
        };
    }
}
