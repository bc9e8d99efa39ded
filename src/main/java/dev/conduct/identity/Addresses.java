package dev.conduct.identity;

import dev.conduct.keys.SealedStore;
import dev.conduct.keys.SubjectColumn;
import dev.conduct.keys.SubjectColumns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// E-mail addresses of people, each under its person's key; found again by a code that says nothing about it.
@Component
class Addresses {

    private final JdbcClient db;
    private final SubjectColumn column;

    Addresses(JdbcClient db, SubjectColumns columns) {
        this.db = db;
        this.column = columns.found("E-mail addresses of people", "identity.actor", "email", "id", "id");
    }

    /// Gives a person an address, in the place of any before.
    ///
    /// @throws DuplicateKeyException when somebody else has it
    void keep(UUID person, String email) {
        var taken = db.sql("""
                select exists (select from identity.actor
                                where (email_index in (:codes) or email = :email) and id <> :person)
                """)
                .param("codes", codes(email))
                .param("email", email)
                .param("person", person)
                .query(Boolean.class)
                .single();
        if (taken) {
            throw new DuplicateKeyException("the address has an account");
        }
        column.keep(person, person, email);
    }

    /// To look for: `email_index in (:codes)`.
    List<byte[]> codes(String email) {
        return column.codes(email);
    }

    @Nullable
    String read(ResultSet row) throws SQLException {
        return column.read(row);
    }

    @Configuration
    static class Stores {

        @Bean
        SealedStore addressesOfPeople(Addresses addresses) {
            return addresses.column;
        }
    }
}
