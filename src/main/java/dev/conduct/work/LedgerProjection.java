package dev.conduct.work;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Tables of another module that are computed from its own events, not from those of items. They are compared and
/// rebuilt together with the items: every table named here row by row.
public interface LedgerProjection {

    /// With their schema (`testing.plan`), those first that others refer to. Each has a primary key, and a name that no
    /// other projected table has in its schema.
    List<String> tables();

    /// Makes all rows anew, by replaying the ledger.
    ///
    /// @param rebuilt here the tables of this module, by their usual names, are the rebuilt ones, empty at first
    void write(JdbcClient rebuilt);
}
