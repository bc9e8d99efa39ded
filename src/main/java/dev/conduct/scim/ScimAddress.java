package dev.conduct.scim;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Addresses and versions of resources. Below `conduct.url` when it is set; else without a host, which the caller
/// could have made up.
@Component
class ScimAddress {

    private final String base;

    ScimAddress(@Value("${conduct.url:}") String url) {
        this.base = url + ScimRoutes.BASE;
    }

    String of(String kind, UUID id) {
        return of(kind, id.toString());
    }

    String of(String kind, String id) {
        return base + "/" + kind + "/" + id;
    }

    void meta(ObjectNode resource, String type, String kind, UUID id, long version, Instant created) {
        resource.putObject("meta")
                .put("resourceType", type)
                .put("created", created.toString())
                .put("location", of(kind, id))
                .put("version", tag(version));
    }

    static String tag(long version) {
        return "W/\"" + version + "\"";
    }

    /// @throws ScimRefusal 412 when the caller saw another version
    static void require(@Nullable String ifMatch, long version) {
        if (ifMatch != null && !ifMatch.strip().equals("*") && !ifMatch.contains("\"" + version + "\"")) {
            throw new ScimRefusal(412, null, "It was changed meanwhile. Read it again.");
        }
    }
}
