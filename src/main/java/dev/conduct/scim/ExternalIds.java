package dev.conduct.scim;

import dev.conduct.keys.SealedStore;
import dev.conduct.keys.SubjectColumn;
import dev.conduct.keys.SubjectColumns;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What the directory calls people, often a name or an address: under the key of each, found again by a code.
@Component
class ExternalIds {

    private final JdbcClient db;
    private final SubjectColumn column;

    ExternalIds(JdbcClient db, SubjectColumns columns) {
        this.db = db;
        this.column = columns.exact("What directories call people", "scim.person", "external_id", "person", "person");
    }

    /// Of those of whom it said anything.
    Map<UUID, String> of(Collection<UUID> people) {
        var known = new HashMap<UUID, String>();
        db.sql("select person, " + column.columns() + " from scim.person where person = any(:people)")
                .param("people", people.toArray(UUID[]::new))
                .query(row -> {
                    var said = column.read(row);
                    if (said != null) {
                        known.put(row.getObject("person", UUID.class), said);
                    }
                });
        return known;
    }

    /// @param removed whether also those whom the directory took away
    List<UUID> called(String externalId, boolean removed) {
        return db.sql("""
                select person from scim.person
                 where (external_id_index in (:codes) or external_id = :external) and (:removed or not removed)
                """)
                .param("codes", column.codes(externalId))
                .param("external", externalId)
                .param("removed", removed)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    /// What the directory calls a person whose row is there, or no more.
    ///
    /// @throws DuplicateKeyException when it calls somebody else so
    void keep(UUID person, @Nullable String externalId) {
        if (externalId == null) {
            db.sql("""
                    update scim.person
                       set external_id = null, external_id_key = null, external_id_sealed = null, external_id_index = null
                     where person = :person
                    """).param("person", person).update();
            return;
        }
        if (called(externalId, true).stream().anyMatch(other -> !other.equals(person))) {
            throw new DuplicateKeyException("the directory calls somebody else so");
        }
        column.keep(person, person, externalId);
    }

    @Configuration
    static class Stores {

        @Bean
        SealedStore idsOfDirectories(ExternalIds ids) {
            return ids.column;
        }
    }
}
