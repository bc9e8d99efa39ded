package dev.conduct.standards;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Standards, and what is known of them, as they are read.
@Component
class StandardRows {

    private static final String VERSION = """
            v.number, v.title, v.body, v.roles, v.days, v.training_days, v.digest, v.proposed_by, v.proposed_at,
                   v.approved_by, v.approved_at
            """;
    private static final String SELECT = """
            select s.id, s.product, s.latest, s.proposed, s.retired_at,
                   (select p.digest from standards.version p
                     where p.standard = s.id and p.number = s.proposed) as proposed_digest,
            """ + VERSION + """
              from standards.standard s
              join standards.version v
                on v.standard = s.id and v.number = case when s.latest > 0 then s.latest else s.proposed end
            """;

    private final JdbcClient database;

    StandardRows(JdbcClient database) {
        this.database = database;
    }

    /// @param number of the version that was taught
    /// @param trainer words, where no person with an account taught
    record Training(
            UUID id,
            int number,
            String person,
            LocalDate heldOn,
            @Nullable LocalDate validUntil,
            @Nullable String trainer,
            @Nullable String taughtBy,
            String recordedBy) {}

    record Whose(UUID standard, String person) {}

    /// Those of the company and of these products, the newest first.
    ///
    /// @param inForce whether only those that have to be known
    List<Standard> page(Collection<String> products, boolean inForce, @Nullable UUID before, int most) {
        return database.sql(SELECT + """
                         where (s.product is null or s.product = any(:products))
                           and (not :in_force or s.latest > 0 and s.retired_at is null)
                           and (:before::uuid is null or s.id < :before::uuid)
                         order by s.id desc limit :most
                        """)
                .param("products", products.toArray(String[]::new))
                .param("in_force", inForce)
                .param("before", before)
                .param("most", most)
                .query(StandardRows::standard)
                .list();
    }

    /// Those of them whose newest version waits for a second person who is not its writer, the newest first; with that
    /// version.
    List<Standard> waiting(Collection<String> products, String writer, int most) {
        return database.sql("""
                        select s.id, s.product, s.latest, s.proposed, s.retired_at, v.digest as proposed_digest,
                        """ + VERSION + """
                          from standards.standard s
                          join standards.version v on v.standard = s.id and v.number = s.proposed
                         where (s.product is null or s.product = any(:products))
                           and s.proposed > s.latest and s.retired_at is null and v.proposed_by <> :writer
                         order by s.id desc limit :most
                        """)
                .param("products", products.toArray(String[]::new))
                .param("writer", writer)
                .param("most", most)
                .query(StandardRows::standard)
                .list();
    }

    Optional<Standard> find(UUID id) {
        return database.sql(SELECT + " where s.id = :id")
                .param("id", id)
                .query(StandardRows::standard)
                .optional();
    }

    Optional<Standard.Version> version(UUID standard, int number) {
        return database.sql("select " + VERSION
                        + " from standards.version v where v.standard = :standard and v.number = :number")
                .param("standard", standard)
                .param("number", number)
                .query(StandardRows::version)
                .optional();
    }

    /// The newest first.
    List<Standard.Version> versions(UUID standard, int most) {
        return database.sql("select " + VERSION
                        + " from standards.version v where v.standard = :standard order by v.number desc limit :most")
                .param("standard", standard)
                .param("most", most)
                .query(StandardRows::version)
                .list();
    }

    /// The newest first.
    List<Training> trainings(UUID standard, @Nullable UUID before, int most) {
        return database.sql("""
                        select id, number, person, held_on, valid_until, trainer, taught_by, recorded_by
                          from standards.training
                         where standard = :standard and (:before::uuid is null or id < :before::uuid)
                         order by id desc limit :most
                        """)
                .param("standard", standard)
                .param("before", before)
                .param("most", most)
                .query((row, number) -> new Training(
                        row.getObject("id", UUID.class),
                        row.getInt("number"),
                        row.getString("person"),
                        row.getObject("held_on", LocalDate.class),
                        row.getObject("valid_until", LocalDate.class),
                        row.getString("trainer"),
                        row.getString("taught_by"),
                        row.getString("recorded_by")))
                .list();
    }

    /// What these people know of these standards; who knows nothing of one is left out.
    Map<Whose, Knowledge> knowledge(Collection<UUID> standards, Collection<String> people) {
        var known = new HashMap<Whose, Knowledge>();
        database.sql("""
                        select coalesce(a.standard, t.standard) as standard, coalesce(a.person, t.person) as person,
                               coalesce(a.number, 0) as read, a.at, t.held_on, t.valid_until
                          from (select distinct on (person, standard) standard, person, number, at
                                  from standards.acknowledgement
                                 where standard = any(:standards) and person = any(:people)
                                 order by person, standard, number desc) a
                          full join (select distinct on (person, standard) standard, person, held_on, valid_until
                                  from standards.training
                                 where standard = any(:standards) and person = any(:people)
                                 order by person, standard, valid_until desc nulls first, held_on desc) t
                            on t.standard = a.standard and t.person = a.person
                        """)
                .param("standards", standards.toArray(UUID[]::new))
                .param("people", people.toArray(String[]::new))
                .query((row, number) -> known.put(
                        new Whose(row.getObject("standard", UUID.class), row.getString("person")),
                        new Knowledge(
                                row.getInt("read"),
                                instant(row, "at"),
                                row.getObject("held_on", LocalDate.class),
                                row.getObject("valid_until", LocalDate.class))))
                .list();
        return known;
    }

    private static Standard standard(ResultSet row, int number) throws SQLException {
        return new Standard(
                row.getObject("id", UUID.class),
                row.getString("product"),
                row.getInt("latest"),
                row.getInt("proposed"),
                row.getString("proposed_digest"),
                instant(row, "retired_at"),
                version(row, number));
    }

    private static Standard.Version version(ResultSet row, int number) throws SQLException {
        return new Standard.Version(
                row.getInt("number"),
                row.getString("title"),
                row.getString("body"),
                List.of((String[]) row.getArray("roles").getArray()),
                row.getInt("days"),
                row.getInt("training_days"),
                row.getString("digest"),
                row.getString("proposed_by"),
                row.getObject("proposed_at", OffsetDateTime.class).toInstant(),
                row.getString("approved_by"),
                instant(row, "approved_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
