package dev.conduct.demo;

import dev.conduct.work.Items;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What one bug is about: a tale met at one customer, in one place.
record BugReport(String product, Company.Tale tale, List<String> owners, String who, String where, int n) {

    static BugReport met(Company company, Company.Tale tale, Random random) {
        for (var product : company.products()) {
            for (var part : product.parts()) {
                if (part.name().equals(tale.component())) {
                    var tales = company.tales();
                    return new BugReport(
                            product.key(),
                            tale,
                            part.owners(),
                            tales.customers()
                                    .get(random.nextInt(tales.customers().size())),
                            tales.places().get(random.nextInt(tales.places().size())),
                            random.nextInt(3, 40));
                }
            }
        }
        throw new IllegalArgumentException("no product of the sample company has the component " + tale.component());
    }

    String severity() {
        return tale.severity();
    }

    String cause() {
        return filled(tale.cause());
    }

    String lesson() {
        return filled(tale.lesson());
    }

    String impact() {
        return who + " and whoever works the same way.";
    }

    Items.Report asReport() {
        return new Items.Report(
                "bug",
                product,
                filled(tale.title()),
                "Met by " + who + " in " + where + ". " + filled(tale.actual()),
                Map.of("severity", tale.severity(), "steps", filled(tale.steps())),
                null,
                null);
    }

    Map<String, Object> atLogging() {
        return Map.of(
                "kind", tale.kind(),
                "component", tale.component(),
                "expected", filled(tale.expected()),
                "actual", filled(tale.actual()));
    }

    String filled(String text) {
        return text.replace("{cause}", tale.cause())
                .replace("{part}", tale.component())
                .replace("{who}", who)
                .replace("{where}", where)
                .replace("{n}", String.valueOf(n));
    }
}
