package dev.conduct.work;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/// Which items have a clock in its last quarter or last hour and none that ran out. The clocks supply it.
public interface AtRisk {

    /// Those of these items.
    Set<String> among(Collection<String> keys);

    /// How many of a type that meet a condition.
    ///
    /// @param seen of SQL, for rows of `work.item` called `i`
    /// @param parameters that the condition names
    long count(String type, String seen, Map<String, Object> parameters);
}
