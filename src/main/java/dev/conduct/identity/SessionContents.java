package dev.conduct.identity;

import dev.conduct.keys.Purpose;
import dev.conduct.keys.SealedStore;
import dev.conduct.keys.Secrets;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.core.serializer.support.DeserializingConverter;
import org.springframework.core.serializer.support.SerializingConverter;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What sessions hold is encrypted: addresses and devices of people, form tokens, what somebody was about to do.
@Configuration
class SessionContents {

    private static final String TABLE = "identity.session_attributes";
    private static final String COLUMN = "attribute_bytes";
    /// The framework's converter is not told which row it writes.
    private static final String ANY = "any";

    @Bean(name = "springSessionConversionService", defaultCandidate = false)
    GenericConversionService sessionConversion(Secrets secrets) {
        var conversion = new GenericConversionService();
        var written = new SerializingConverter();
        var read = new DeserializingConverter(SessionContents.class.getClassLoader());
        conversion.addConverter(
                Object.class, byte[].class, value -> secrets.seal(written.convert(value), TABLE, COLUMN, ANY));
        conversion.addConverter(
                byte[].class, Object.class, held -> read.convert(secrets.openBytes(held, TABLE, COLUMN, ANY)));
        return conversion;
    }

    @Bean
    SealedStore sealedSessions(JdbcClient db, Secrets secrets) {
        return new Store(db, secrets);
    }

    private record Store(JdbcClient db, Secrets secrets) implements SealedStore {

        @Override
        public Purpose purpose() {
            return Purpose.SECRETS;
        }

        @Override
        public String says() {
            return "What sessions hold";
        }

        @Override
        public Map<Long, Long> perKey() {
            var counts = new HashMap<Long, Long>();
            db.sql("""
                    select substring(attribute_bytes from 1 for 5) as head, count(*) as held
                      from identity.session_attributes group by 1
                    """).query(row -> {
                counts.merge(SealedStore.keyOf(row.getBytes("head")), row.getLong("held"), Long::sum);
            });
            return counts;
        }

        private record Held(String session, String name, byte[] sealed) {}

        @Override
        public int renew(int most) {
            var rows = db.sql("""
                    select session_primary_id, attribute_name, attribute_bytes
                      from identity.session_attributes
                     where substring(attribute_bytes from 1 for 5) <> :newest
                     limit :most
                       for update skip locked
                    """)
                    .param("newest", secrets.head())
                    .param("most", most)
                    .query((row, number) -> new Held(
                            row.getString("session_primary_id"),
                            row.getString("attribute_name"),
                            row.getBytes("attribute_bytes")))
                    .list();
            for (var row : rows) {
                var plain = secrets.openBytes(row.sealed(), TABLE, COLUMN, ANY);
                db.sql("""
                        update identity.session_attributes set attribute_bytes = :sealed
                         where session_primary_id = :session and attribute_name = :name
                        """)
                        .param("sealed", secrets.seal(plain, TABLE, COLUMN, ANY))
                        .param("session", row.session())
                        .param("name", row.name())
                        .update();
            }
            return rows.size();
        }
    }
}
