package dev.conduct.work;

import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The products that items are reported to, and the numbers they give out.
@Repository
class NumberRows {

    private final JdbcClient database;

    NumberRows(JdbcClient database) {
        this.database = database;
    }

    boolean productIsHere(String key) {
        return database.sql("select exists (select from work.product where key = :key)")
                .param("key", key)
                .query(Boolean.class)
                .single();
    }

    boolean productIsSeen(String key, Sight sight) {
        return database.sql("select exists (select from work.product p where p.key = :key and " + sight.ofProduct("p")
                        + ")")
                .param("key", key)
                .params(sight.parameters())
                .query(Boolean.class)
                .single();
    }

    /// The first of some numbers nobody had before. Alone they commit without waiting for the disk: whatever commits
    /// after them, waits.
    ///
    /// @param alone when no transaction is open; the row is then locked for no longer than the statement
    OptionalLong number(String product, int many, boolean alone) {
        return database.sql(alone ? """
                        update work.product set next_number = next_number + :many
                          from (select set_config('synchronous_commit', 'off', true)) as soon
                         where key = :product returning next_number - :many
                        """ : """
                        update work.product set next_number = next_number + :many
                         where key = :product returning next_number - :many
                        """)
                .param("many", many)
                .param("product", product)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /// Only if nobody took more since.
    void giveBack(String product, long next, long end) {
        database.sql("update work.product set next_number = :next where key = :product and next_number = :end")
                .param("next", next)
                .param("product", product)
                .param("end", end)
                .update();
    }
}
