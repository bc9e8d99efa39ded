package dev.conduct.testing;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a case says: everything of it that has versions.
///
/// @param edge class of edge cases by the procedure's parameter, empty for the ordinary way
/// @param automation the test that runs it by itself, as reports tell it: `suite#name`; empty for none
/// @param requirement key of the record it proves, empty for none
/// @param component of the product, empty for none
/// @param point integration point it tests
/// @param reference what another system calls it, empty for nothing; no two cases of a product have the same
record CaseText(
        String title,
        String preconditions,
        List<Step> steps,
        List<DataSet> data,
        String edge,
        String automation,
        String requirement,
        String component,
        @Nullable UUID point,
        String reference) {

    static final CaseText EMPTY = new CaseText("", "", List.of(), List.of(), "", "", "", "", null, "");

    CaseText stripped() {
        return new CaseText(
                title.strip(),
                preconditions.strip(),
                steps,
                data,
                edge.strip(),
                automation.strip(),
                requirement.strip(),
                component.strip(),
                point,
                reference.strip());
    }
}
