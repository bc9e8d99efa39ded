package dev.conduct.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What the platform itself lets somebody do, beside moving records along their lines. The procedure grants rights to
/// its roles (`may:` in `roles.yaml`), so that no role is known here by its name.
public enum Right {
    /// People, programs, settings of the installation. A role that `administers` has every right.
    ADMINISTER,
    /// Reads what the ledger holds of everybody.
    AUDIT,
    /// Puts a version of the procedure in force, together with a second person.
    ADOPT,
    /// Brings history of other systems along.
    IMPORT,
    /// Makes and changes products.
    PRODUCTS,
    /// Makes and changes the components of products.
    COMPONENTS,
    /// Sends reports of tests, coverage and scans.
    SEND_REPORTS,
    /// Reads such reports.
    READ_REPORTS;

    /// As packs write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Right::word).toList();
    }
}
