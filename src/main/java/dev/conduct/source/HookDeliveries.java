package dev.conduct.source;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.keys.Secrets;
import dev.conduct.ledger.Outcome;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What webhooks brought: kept once, worked off in the order of coming, shown with what became of it.
@Component
class HookDeliveries {

    /// Long enough to look into what went wrong, and to do it again.
    static final Duration KEPT = Duration.ofDays(30);

    private static final int MOST_WORDS = 300;
    private static final int AT_ONCE = 1000;

    private final JdbcClient database;
    private final Secrets secrets;
    private final Telling telling;
    private final InstantSource time;

    HookDeliveries(JdbcClient database, Secrets secrets, Telling telling, InstantSource time) {
        this.database = database;
        this.secrets = secrets;
        this.telling = telling;
        this.time = time;
    }

    /// @param place in the order of coming
    /// @param state `waiting`, `applied`, `passed_over` or `failed`
    /// @param says what it changed, why it was passed over, or what failed
    /// @param again whether its body is still there, to be worked off once more
    record Delivery(
            UUID id,
            long place,
            String name,
            String event,
            String state,
            String says,
            Instant receivedAt,
            @Nullable Instant doneAt,
            boolean again) {}

    /// One that is to be worked off.
    ///
    /// @param sealed its body, to be opened by `body`
    record Waiting(UUID id, UUID repository, String event, byte[] sealed, Instant receivedAt) {}

    /// Empty when a delivery of that id, or with these very bytes, was there already: it changes nothing again.
    Optional<UUID> keep(Repository repository, Envelope envelope, byte[] body) {
        var id = Ids.next(time.instant());
        var kept = database.sql("""
                        insert into source.delivery (id, repository, name, digest, event, body, state, received_at)
                        values (:id, :repository, :name, :digest, :event, :body, 'waiting', :now)
                        on conflict do nothing
                        """)
                .param("id", id)
                .param("repository", repository.id())
                .param("name", envelope.name())
                .param("digest", envelope.digest())
                .param("event", envelope.event())
                .param(
                        "body",
                        secrets.seal(new String(body, StandardCharsets.UTF_8), SourceSecrets.DELIVERY, "body", id))
                .param("now", Row.at(time.instant()))
                .update();
        return kept > 0 ? Optional.of(id) : Optional.empty();
    }

    /// The oldest that waits of a repository nobody works on, which is held until the transaction ends: so that the
    /// deliveries of one repository are worked off one after the other, on however many servers.
    Optional<Waiting> next() {
        return database.sql("""
                        select d.id, d.repository, d.event, d.body, d.received_at
                          from source.delivery d
                          join source.repository r on r.id = d.repository
                         where d.state = 'waiting'
                         order by d.place
                         limit 1
                           for no key update of d, r skip locked
                        """)
                .query((row, number) -> {
                    var id = row.getObject("id", UUID.class);
                    return new Waiting(
                            id,
                            row.getObject("repository", UUID.class),
                            row.getString("event"),
                            row.getBytes("body"),
                            Row.instant(row, "received_at"));
                })
                .optional();
    }

    String body(Waiting waiting) {
        return secrets.open(waiting.sealed(), SourceSecrets.DELIVERY, "body", waiting.id());
    }

    void done(UUID id, String state, String says) {
        database.sql("""
                        update source.delivery
                           set state = :state, says = :says, attempts = attempts + 1, done_at = :now
                         where id = :id
                        """)
                .param("state", state)
                .param("says", says.substring(0, Math.min(MOST_WORDS, says.length())))
                .param("now", Row.at(time.instant()))
                .param("id", id)
                .update();
    }

    /// Works it off once more, as when its items or accounts were made only later.
    ///
    /// @throws Problem 404 for none of this repository, 409 when its body is forgotten or it waits already
    @Transactional
    void again(Repository repository, UUID id, Actor by) {
        var waits = database.sql("""
                        update source.delivery set state = 'waiting', done_at = null
                         where id = :id and repository = :repository and body is not null and state <> 'waiting'
                        """)
                .param("id", id)
                .param("repository", repository.id())
                .update();
        if (waits == 0) {
            var there = database.sql("select exists (select from source.delivery where id = :id and repository = :of)")
                    .param("id", id)
                    .param("of", repository.id())
                    .query(Boolean.class)
                    .single();
            throw there
                    ? Problem.conflict("not_again", "It waits already, or what it held was forgotten after 30 days.")
                    : Problem.notFound("This delivery");
        }
        telling.tell(
                repository.id(),
                "repository.redeliver",
                time.instant(),
                by.id(),
                by.via(),
                Outcome.SUCCESS,
                Map.of("delivery", id.toString()),
                Map.of());
    }

    /// Newest first.
    Page<Delivery> page(UUID repository, @Nullable String cursor) {
        var found = database.sql("""
                        select id, place, name, event, state, says, received_at, done_at,
                               body is not null and state <> 'waiting' as again
                          from source.delivery
                         where repository = :repository and (:after::bigint is null or place < :after::bigint)
                         order by place desc
                         limit :limit
                        """)
                .param("repository", repository)
                .param("after", after(cursor))
                .param("limit", Page.USUAL + 1)
                .query(HookDeliveries::delivery)
                .list();
        var shown = found.subList(0, Math.min(Page.USUAL, found.size()));
        return new Page<>(
                List.copyOf(shown),
                found.size() > Page.USUAL ? String.valueOf(shown.getLast().place()) : null);
    }

    long waiting() {
        return database.sql("select count(*) from source.delivery where state = 'waiting'")
                .query(Long.class)
                .single();
    }

    /// What was brought long ago is known by its digest only.
    void forget() {
        while (forgetSome() == AT_ONCE) {
            // The next of them.
        }
    }

    private int forgetSome() {
        return database.sql("""
                        update source.delivery set body = null
                         where id in (select id from source.delivery
                                       where body is not null and state <> 'waiting' and received_at < :before
                                       limit :most)
                        """)
                .param("before", Row.at(time.instant().minus(KEPT)))
                .param("most", AT_ONCE)
                .update();
    }

    private static @Nullable Long after(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return null;
        }
        try {
            return Long.valueOf(cursor);
        } catch (IllegalArgumentException notOurs) {
            throw Problem.badInput(
                    "cursor", "not_a_cursor", "is not one that this list gave. Leave it out to begin anew.");
        }
    }

    private static Delivery delivery(ResultSet row, int number) throws SQLException {
        return new Delivery(
                row.getObject("id", UUID.class),
                row.getLong("place"),
                row.getString("name"),
                row.getString("event"),
                row.getString("state"),
                row.getString("says"),
                Row.instant(row, "received_at"),
                Row.instantOrNull(row, "done_at"),
                row.getBoolean("again"));
    }
}
