package dev.conduct.checks;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.regex.RegularExpression;
import java.util.List;

/// JSON Schema 2020-12, without anything fetched from elsewhere.
final class Schemas {

    private static final int TOLD = 5;
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(SchemaRegistryConfig.builder()
                    .regularExpressionFactory(Schemas::linear)
                    .build()));

    private Schemas() {}

    /// Patterns of people are matched in linear time.
    private static RegularExpression linear(String pattern) {
        var compiled = Pattern.compile(pattern);
        return text -> compiled.matcher(text).find();
    }

    private static Schema of(String text) {
        return REGISTRY.getSchema(text, InputFormat.JSON);
    }

    /// Why a text is no schema, empty when it is one.
    static List<String> faults(String text) {
        var known = REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
        var faults = known.validate(text, InputFormat.JSON).stream()
                .limit(TOLD)
                .map(Schemas::says)
                .toList();
        if (!faults.isEmpty()) {
            return faults;
        }
        try {
            of(text).initializeValidators();
            return List.of();
        } catch (SchemaException | PatternSyntaxException broken) {
            return List.of(String.valueOf(broken.getMessage()));
        }
    }

    /// What of a body does not keep the schema, the first five.
    static List<String> broken(String schema, String body) {
        return of(schema).validate(body, InputFormat.JSON).stream()
                .limit(TOLD)
                .map(Schemas::says)
                .toList();
    }

    private static String says(Error error) {
        var at = error.getInstanceLocation().toString();
        return (at.isEmpty() ? "the body" : at) + " " + error.getMessage();
    }
}
