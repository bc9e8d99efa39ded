package dev.conduct.identity;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Ten codes to print, for the day the authenticator is lost. Using one replaces them all.
@Component
class RecoveryCodes {

    private static final int COUNT = 10;
    private static final int BYTES = 16;

    private final JdbcClient db;
    private final InstantSource time;

    RecoveryCodes(JdbcClient db, InstantSource time) {
        this.db = db;
        this.time = time;
    }

    /// New codes in place of all earlier ones, to be shown this once.
    @Transactional
    public List<String> issue(UUID person) {
        db.sql("delete from identity.recovery_code where person = :person")
                .param("person", person)
                .update();
        var codes = Stream.generate(() -> Base32.encode(Tokens.random(BYTES)).toLowerCase(Locale.ROOT))
                .limit(COUNT)
                .toList();
        for (var code : codes) {
            db.sql("insert into identity.recovery_code (person, hash) values (:person, :hash)")
                    .param("person", person)
                    .param("hash", Tokens.hash(code))
                    .update();
        }
        return codes.stream().map(RecoveryCodes::grouped).toList();
    }

    boolean use(UUID person, String typed) {
        var code = typed.toLowerCase(Locale.ROOT).replaceAll("[^a-z2-7]", "");
        return db.sql("""
                update identity.recovery_code set used_at = :now
                 where person = :person and hash = :hash and used_at is null
                """)
                        .param("now", Sql.time(time.instant()))
                        .param("person", person)
                        .param("hash", Tokens.hash(code))
                        .update()
                == 1;
    }

    private static String grouped(String code) {
        return String.join("-", code.split("(?<=\\G.{7})"));
    }
}
