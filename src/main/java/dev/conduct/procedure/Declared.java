package dev.conduct.procedure;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What a pack declares outside its types: what the types may name.
final class Declared {

    final Map<String, Procedure.Clause> clauses = new LinkedHashMap<>();
    final Map<String, Procedure.Role> roles = new LinkedHashMap<>();
    final Map<String, Procedure.Parameter> parameters = new LinkedHashMap<>();
    final Map<String, String> parameterKinds = new LinkedHashMap<>();
    final Map<String, Entry> parameterEntries = new LinkedHashMap<>();
    final Map<String, Procedure.CalendarRule> calendars = new LinkedHashMap<>();
    final Map<String, Procedure.ScheduleRule> schedules = new LinkedHashMap<>();
    final Map<String, Procedure.EvidenceKind> evidence = new LinkedHashMap<>();

    /// By parameter, what reads it.
    final Map<String, Set<String>> reads = new LinkedHashMap<>();

    void read(String parameter, String by) {
        reads.computeIfAbsent(parameter, unused -> new LinkedHashSet<>()).add(by);
    }

    /// The names of the parameters of one kind.
    Set<String> parametersOf(String kind) {
        var names = new LinkedHashSet<String>();
        parameterKinds.forEach((name, its) -> {
            if (its.equals(kind)) {
                names.add(name);
            }
        });
        return names;
    }
}
