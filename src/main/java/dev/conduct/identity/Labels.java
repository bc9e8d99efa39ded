package dev.conduct.identity;

import dev.conduct.keys.SealedStore;
import dev.conduct.keys.SubjectColumn;
import dev.conduct.keys.SubjectColumns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/// What people call their passkeys and tokens ("Ada's phone"), under the key of each.
@Component
class Labels {

    /// For queries, beside the row's `id`.
    static final String COLUMNS = "name, name_key, name_sealed";

    final SubjectColumn passkeys;
    final SubjectColumn tokens;

    Labels(SubjectColumns columns) {
        this.passkeys = columns.of("Names of passkeys", "identity.passkey", "name", "id", "person");
        this.tokens = columns.of("Names of people's tokens", "identity.personal_token", "name", "id", "person");
    }

    /// Without words once its person was erased.
    static String read(SubjectColumn column, ResultSet row) throws SQLException {
        return Objects.requireNonNullElse(column.read(row), "");
    }

    @Configuration
    static class Stores {

        @Bean
        SealedStore namesOfPasskeys(Labels labels) {
            return labels.passkeys;
        }

        @Bean
        SealedStore namesOfTokens(Labels labels) {
            return labels.tokens;
        }
    }
}
