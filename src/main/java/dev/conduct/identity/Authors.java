package dev.conduct.identity;

import dev.conduct.kernel.Ids;
import dev.conduct.kernel.PlainText;
import dev.conduct.keys.SealedStore;
import dev.conduct.keys.SubjectColumn;
import dev.conduct.keys.SubjectColumns;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Authors known from other systems: they appear by name, cannot sign in and hold no role. What the system calls them
/// is often an address or a name, so it lies under their key and is found again by a code.
@Component
class Authors {

    private final JdbcClient db;
    private final InstantSource time;
    private final Names names;
    private final SubjectColumn ids;

    Authors(JdbcClient db, InstantSource time, Names names, SubjectColumns columns) {
        this.db = db;
        this.time = time;
        this.names = names;
        this.ids = columns.found("Authors' ids in other systems", "identity.actor", "external_id", "id", "id");
    }

    Optional<UUID> find(String source, String externalId) {
        return db.sql("""
                select id from identity.actor
                 where source = :source and (external_id_index in (:codes) or external_id = :external)
                """)
                .param("source", source)
                .param("codes", ids.codes(externalId))
                .param("external", externalId)
                .query(UUID.class)
                .optional();
    }

    /// Unless somebody else was faster: then one is there all the same.
    void add(String source, String externalId, String name) {
        var author = Ids.next(time.instant());
        var named = names.close(author, PlainText.checked("name", name.isBlank() ? externalId : name, 200));
        var known = ids.close(author, author, PlainText.checked("external_id", externalId, 500));
        db.sql("""
                insert into identity.actor (id, kind, name_key, name_sealed, active, source, external_id_key,
                                            external_id_sealed, external_id_index, created_at)
                values (:id, 'external', :key, :name, false, :source, :key, :external, :code, :now)
                on conflict (source, external_id_index) do nothing
                """)
                .param("id", author)
                .param("key", named.key())
                .param("name", named.sealed())
                .param("source", PlainText.checked("source", source, 100))
                .param("external", known.sealed())
                .param("code", ids.code(externalId))
                .param("now", Sql.time(time.instant()))
                .update();
    }

    @Configuration
    static class Stores {

        @Bean
        SealedStore idsOfAuthors(Authors authors) {
            return authors.ids;
        }
    }
}
