package dev.conduct.notify;

import dev.conduct.notify.Kind.ByMail;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// By which letters each person wants to be told, and the links that end them.
@Component
class Preferences {

    static final int USUAL_HOUR = 8;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient db;

    Preferences(JdbcClient db) {
        this.db = db;
    }

    /// @param hour of the person's own day at which the digest leaves
    record Wishes(Map<Kind, ByMail> mail, int hour) {

        static final Wishes USUAL = new Wishes(Map.of(), USUAL_HOUR);

        ByMail of(Kind kind) {
            return mail.getOrDefault(kind, kind.usual());
        }

        /// When a letter may tell of something that happens now; null for never. What is told at once waits half a
        /// minute for what comes with it.
        @Nullable
        Instant mailAt(Kind kind, Instant now, ZoneId zone) {
            return switch (of(kind)) {
                case NEVER -> null;
                case AT_ONCE -> now.plusSeconds(30);
                case DIGEST -> {
                    var local = now.atZone(zone);
                    var today = local.toLocalDate().atTime(hour, 0).atZone(zone);
                    yield (today.isAfter(local)
                                    ? today
                                    : local.toLocalDate()
                                            .plusDays(1)
                                            .atTime(hour, 0)
                                            .atZone(zone))
                            .toInstant();
                }
            };
        }
    }

    Wishes of(String person) {
        return of(List.of(person)).getOrDefault(person, Wishes.USUAL);
    }

    Map<String, Wishes> of(Collection<String> people) {
        var mail = new HashMap<String, Map<Kind, ByMail>>();
        var hours = new HashMap<String, Integer>();
        db.sql("""
                select person, kind, mail, null::int as hour from notify.preference where person = any(:people)
                union all
                select person, null, null, hour from notify.digest where person = any(:people)
                """).param("people", people.toArray(String[]::new)).query(row -> {
            var person = row.getString("person");
            var kind = row.getString("kind");
            if (kind == null) {
                hours.put(person, row.getInt("hour"));
            } else {
                Kind.of(kind).ifPresent(known -> put(mail, person, known, stored(row)));
            }
        });
        var wishes = new HashMap<String, Wishes>();
        for (var person : people) {
            wishes.put(person, new Wishes(mail.getOrDefault(person, Map.of()), hours.getOrDefault(person, USUAL_HOUR)));
        }
        return wishes;
    }

    private static void put(Map<String, Map<Kind, ByMail>> mail, String person, Kind kind, String word) {
        mail.computeIfAbsent(person, one -> new EnumMap<>(Kind.class))
                .put(kind, ByMail.of(word).orElse(kind.usual()));
    }

    private static String stored(java.sql.ResultSet row) {
        try {
            return Objects.requireNonNullElse(row.getString("mail"), "");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Transactional
    void keep(String person, Map<Kind, ByMail> mail, int hour) {
        mail.forEach((kind, how) -> db.sql("""
                        insert into notify.preference (person, kind, mail) values (:person, :kind, :mail)
                        on conflict (person, kind) do update set mail = excluded.mail
                        """)
                .param("person", person)
                .param("kind", kind.word())
                .param("mail", how.word())
                .update());
        db.sql("""
                insert into notify.digest (person, hour) values (:person, :hour)
                on conflict (person) do update set hour = excluded.hour
                """).param("person", person).param("hour", hour).update();
        // What waits goes by the new wish: never means none of it.
        for (var entry : mail.entrySet()) {
            if (entry.getValue() == ByMail.NEVER) {
                db.sql(
                                "update notify.notice set mail_at = null where person = :person and kind = :kind and mail_at is not null")
                        .param("person", person)
                        .param("kind", entry.getKey().word())
                        .update();
            }
        }
    }

    /// Makes the path that ends letters of these kinds for this person, without signing in.
    String ending(String person, Set<Kind> kinds, Instant now) {
        var bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        db.sql("insert into notify.ending (hash, person, kinds, made_at) values (:hash, :person, :kinds, :now)")
                .param("hash", hash(token))
                .param("person", person)
                .param("kinds", new TreeSet<>(kinds).stream().map(Kind::word).toArray(String[]::new))
                .param("now", NoticeRows.at(now))
                .update();
        return "/unsubscribe?token=" + token;
    }

    /// @param person whose letters it ends
    record Ending(String person, List<Kind> kinds) {}

    java.util.Optional<Ending> ending(String token) {
        return db.sql("select person, kinds from notify.ending where hash = :hash")
                .param("hash", hash(token))
                .query((row, number) -> new Ending(
                        row.getString("person"),
                        java.util.Arrays.stream((String[]) row.getArray("kinds").getArray())
                                .flatMap(word -> Kind.of(word).stream())
                                .toList()))
                .optional();
    }

    @Transactional
    void end(Ending ending) {
        var mail = new EnumMap<Kind, ByMail>(Kind.class);
        ending.kinds().forEach(kind -> mail.put(kind, ByMail.NEVER));
        keep(ending.person(), mail, of(ending.person()).hour());
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
