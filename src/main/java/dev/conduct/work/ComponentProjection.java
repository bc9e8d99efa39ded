package dev.conduct.work;

import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.Products.ProductComponent;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of items in names of today: the ledger keeps the word that was said of a component, the tables that screens
/// read hold what it is called.
final class ComponentProjection {

    private ComponentProjection() {}

    /// Gives the name of today to every row that holds a former one.
    static void follow(JdbcClient tables, ProductComponent renamed, Procedures procedures) {
        for (var named : fields(procedures)) {
            tables.sql("""
                            update work.item
                               set fields = jsonb_set(fields, array[:field], to_jsonb(:name::text)),
                                   component = case when component = any (:former) then :name else component end
                             where product = :product and type = :type and fields ->> :field = any (:former)
                            """)
                    .param("type", named.type())
                    .param("field", named.field())
                    .param("name", renamed.name())
                    .param("former", renamed.former().toArray(String[]::new))
                    .param("product", renamed.product())
                    .update();
        }
        tables.sql("update work.fix set component = :name where product = :product and component = any (:former)")
                .param("name", renamed.name())
                .param("former", renamed.former().toArray(String[]::new))
                .param("product", renamed.product())
                .update();
    }

    private record Named(String type, String field) {}

    /// The fields that name components, of every version of the procedure.
    private static Set<Named> fields(Procedures procedures) {
        return procedures.all().stream()
                .flatMap(procedure -> procedure.types().values().stream())
                .flatMap(type -> type.fields().values().stream()
                        .filter(field -> field.kind() == ItemType.FieldKind.COMPONENT)
                        .map(field -> new Named(type.name(), field.name())))
                .collect(Collectors.toSet());
    }

    /// In tables made anew, whose rows hold the words that were said.
    static void followAll(JdbcClient tables, Procedures procedures) {
        tables.sql("""
                        select product, name, critical, owners, retired, former from work.component where former <> '{}'
                        """).query(Products::component).list().forEach(renamed -> follow(tables, renamed, procedures));
    }
}
