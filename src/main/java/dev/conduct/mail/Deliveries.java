package dev.conduct.mail;

import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What became of every letter of the last 90 days, for administrators. Addresses and subjects are personal data:
/// what this gives goes on a page for them and nowhere else.
@Component
public class Deliveries {

    /// The states a letter can be in.
    public static final Set<String> STATES = Set.of("queued", "deferred", "sent", "bounced");

    private final JdbcClient db;
    private final InstantSource time;
    private final MailSettings settings;
    private final Postman postman;
    private final LetterSeals seals;

    Deliveries(JdbcClient db, InstantSource time, MailSettings settings, Postman postman, LetterSeals seals) {
        this.seals = seals;
        this.db = db;
        this.time = time;
        this.settings = settings;
        this.postman = postman;
    }

    /// @param says what the server said last
    /// @param next when it is tried again
    public record Delivery(
            UUID id,
            String kind,
            String recipient,
            String subject,
            String state,
            int attempts,
            @Nullable String says,
            Instant queuedAt,
            @Nullable Instant next,
            @Nullable Instant doneAt) {}

    /// @param server host and port, null when letters become files
    /// @param security `starttls`, `tls`, `none`
    public record Way(
            @Nullable String server,
            String security,
            @Nullable String user,
            String from) {}

    /// How letters leave; without the password.
    public Way way() {
        return new Way(
                settings.host() == null ? null : settings.host() + ":" + settings.portUsed(),
                settings.security().name().toLowerCase(java.util.Locale.ROOT),
                settings.user(),
                settings.sender());
    }

    /// Newest first.
    ///
    /// @param state null for all
    public Page<Delivery> page(@Nullable String state, @Nullable Integer limit, @Nullable String cursor) {
        if (state != null && !STATES.contains(state)) {
            throw Problem.badInput(
                    "state",
                    "unknown_state",
                    "is none of " + String.join(", ", STATES.stream().sorted().toList()) + ".");
        }
        var size = Page.limit(limit);
        var found = db.sql("""
                select id, kind, whose_key, head_closed, recipient, recipient_sealed, subject, subject_sealed, state, attempts, says, queued_at, next_at, done_at
                  from mail.letter
                 where (:state::text is null or state = :state)
                   and (:after::uuid is null or id < :after::uuid)
                 order by id desc
                 limit :limit
                """)
                .param("state", state)
                .param("after", cursor == null || cursor.isBlank() ? null : after(cursor))
                .param("limit", size + 1)
                .query(this::delivery)
                .list();
        var shown = found.subList(0, Math.min(size, found.size()));
        return new Page<>(
                List.copyOf(shown), found.size() > size ? shown.getLast().id().toString() : null);
    }

    private static UUID after(String cursor) {
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException notOurs) {
            throw Problem.badInput(
                    "cursor", "not_a_cursor", "is not one that this list gave. Leave it out to begin anew.");
        }
    }

    /// How many wait to be sent.
    public long waiting() {
        return db.sql("select count(*) from mail.letter where next_at is not null")
                .query(Long.class)
                .single();
    }

    /// Tries a deferred letter now, not only when its time has come.
    public void hurry(UUID id) {
        var found = db.sql("update mail.letter set next_at = :now where id = :id and state = 'deferred'")
                .param("now", LetterRows.at(time.instant()))
                .param("id", id)
                .update();
        if (found == 0) {
            throw Problem.conflict("not_deferred", "This letter is not waiting to be tried again.");
        }
        postman.wake();
    }

    private Delivery delivery(ResultSet row, int number) throws SQLException {
        return new Delivery(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                seals.recipient(row),
                seals.subject(row),
                row.getString("state"),
                row.getInt("attempts"),
                row.getString("says"),
                Objects.requireNonNull(LetterRows.instant(row, "queued_at")),
                LetterRows.instant(row, "next_at"),
                LetterRows.instant(row, "done_at"));
    }
}
