package dev.conduct.testing;

import org.springframework.jdbc.core.simple.JdbcClient;

/// What events of the catalogue write.
final class CatalogueRows {

    private CatalogueRows() {}

    static void node(Told told, JdbcClient database) {
        database.sql("""
                        insert into testing.node (id, product, name, kind, owner, mock, retired)
                        values (:id, :product, :name, :kind, :owner, :mock, :retired)
                        on conflict (id) do update
                           set name = excluded.name, kind = excluded.kind, owner = excluded.owner,
                               mock = excluded.mock, retired = excluded.retired
                        """)
                .param("id", told.uuid("node"))
                .param("product", told.subject())
                .param("name", told.words("name"))
                .param("kind", told.text("kind"))
                .param("owner", told.text("owner"))
                .param("mock", told.words("mock"))
                .param("retired", told.yes("retired"))
                .update();
    }

    static void point(Told told, JdbcClient database) {
        database.sql("""
                        insert into testing.point
                               (id, product, from_node, to_node, name, kind, protocol, criticality, owner, retired)
                        values (:id, :product, :from, :to, :name, :kind, :protocol, :criticality, :owner, :retired)
                        on conflict (id) do update
                           set from_node = excluded.from_node, to_node = excluded.to_node, name = excluded.name,
                               kind = excluded.kind, protocol = excluded.protocol,
                               criticality = excluded.criticality, owner = excluded.owner, retired = excluded.retired
                        """)
                .param("id", told.uuid("point"))
                .param("product", told.subject())
                .param("from", told.uuid("from"))
                .param("to", told.uuid("to"))
                .param("name", told.words("name"))
                .param("kind", told.text("kind"))
                .param("protocol", told.words("protocol"))
                .param("criticality", told.text("criticality"))
                .param("owner", told.text("owner"))
                .param("retired", told.yes("retired"))
                .update();
    }
}
