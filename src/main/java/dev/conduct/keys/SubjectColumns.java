package dev.conduct.keys;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Makes the store of a column whose values lie under keys of people. The module that has the table makes a bean of it,
/// so that what was readable once is encrypted and codes follow the newest key.
@Component
public class SubjectColumns {

    private final JdbcClient db;
    private final Subjects subjects;
    private final BlindIndex index;

    SubjectColumns(JdbcClient db, Subjects subjects, BlindIndex index) {
        this.db = db;
        this.subjects = subjects;
        this.index = index;
    }

    /// @param table with its schema
    /// @param id the column with the row's own key, a UUID
    /// @param person the column that says whose the row is, a UUID; may be the same
    public SubjectColumn of(String says, String table, String column, String id, String person) {
        return new SubjectColumn(db, subjects, index, says, table, column, id, person, SubjectColumn.Found.NOT);
    }

    /// One by which rows are looked for, whatever the capital letters.
    public SubjectColumn found(String says, String table, String column, String id, String person) {
        return new SubjectColumn(db, subjects, index, says, table, column, id, person, SubjectColumn.Found.LOOSELY);
    }

    /// One by which rows are looked for as it stands: capital letters tell values apart.
    public SubjectColumn exact(String says, String table, String column, String id, String person) {
        return new SubjectColumn(db, subjects, index, says, table, column, id, person, SubjectColumn.Found.EXACTLY);
    }
}
