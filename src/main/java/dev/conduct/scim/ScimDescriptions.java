package dev.conduct.scim;

import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// What this server can do of SCIM, for directories that ask first (RFC 7644, 4).
@RestController
@RequestMapping(ScimRoutes.BASE)
class ScimDescriptions {

    private final ScimAddress address;

    ScimDescriptions(ScimAddress address) {
        this.address = address;
    }

    @GetMapping("/ServiceProviderConfig")
    ResponseEntity<String> config() {
        return ScimJson.answer(200, ScimJson.parsed("""
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
                 "patch": {"supported": true},
                 "bulk": {"supported": false, "maxOperations": 0, "maxPayloadSize": 0},
                 "filter": {"supported": true, "maxResults": 200},
                 "changePassword": {"supported": false},
                 "sort": {"supported": false},
                 "etag": {"supported": true},
                 "authenticationSchemes": [{"type": "oauthbearertoken", "name": "OAuth 2.0 bearer token",
                   "description": "The token of a client with the scope scim", "primary": true}]}
                """));
    }

    @GetMapping("/ResourceTypes")
    ResponseEntity<String> types() {
        return ScimJson.answer(200, ScimJson.list(List.of("User", "Group"), 2, 1, this::written));
    }

    @GetMapping("/ResourceTypes/{id}")
    ResponseEntity<String> type(@PathVariable String id) {
        if (!id.equals("User") && !id.equals("Group")) {
            throw ScimRefusal.notFound("This type");
        }
        return ScimJson.answer(200, written(id));
    }

    @GetMapping("/Schemas")
    ResponseEntity<String> schemas() {
        var all = List.of(ScimUsersApi.SCHEMA, ScimGroupsApi.SCHEMA);
        return ScimJson.answer(200, ScimJson.list(all, 2, 1, this::schema));
    }

    @GetMapping("/Schemas/{id}")
    ResponseEntity<String> one(@PathVariable String id) {
        if (!id.equals(ScimUsersApi.SCHEMA) && !id.equals(ScimGroupsApi.SCHEMA)) {
            throw ScimRefusal.notFound("This schema");
        }
        return ScimJson.answer(200, schema(id));
    }

    private ObjectNode written(String id) {
        var type = ScimJson.object("urn:ietf:params:scim:schemas:core:2.0:ResourceType")
                .put("id", id)
                .put("name", id)
                .put("endpoint", "/" + id + "s")
                .put("schema", id.equals("User") ? ScimUsersApi.SCHEMA : ScimGroupsApi.SCHEMA);
        type.putObject("meta").put("resourceType", "ResourceType").put("location", address.of("ResourceTypes", id));
        return type;
    }

    private ObjectNode schema(String id) {
        var schema = described(id);
        schema.putObject("meta").put("resourceType", "Schema").put("location", address.of("Schemas", id));
        return schema;
    }

    private static ObjectNode described(String id) {
        return ScimJson.parsed(id.equals(ScimUsersApi.SCHEMA) ? """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
                 "id": "urn:ietf:params:scim:schemas:core:2.0:User", "name": "User", "description": "A person",
                 "attributes": [
                  {"name": "userName", "description": "The e-mail address, by which the person signs in",
                   "type": "string", "multiValued": false, "required": true, "caseExact": false,
                   "mutability": "readWrite", "returned": "default", "uniqueness": "server"},
                  {"name": "displayName", "description": "The name by which the person is shown",
                   "type": "string", "multiValued": false, "required": false, "caseExact": true,
                   "mutability": "readWrite", "returned": "default", "uniqueness": "none"},
                  {"name": "name", "description": "The name in parts",
                   "type": "complex", "multiValued": false, "required": false,
                   "mutability": "readWrite", "returned": "default", "uniqueness": "none", "subAttributes": [
                    {"name": "formatted", "description": "The whole name",
                     "type": "string", "multiValued": false, "required": false, "caseExact": true,
                     "mutability": "readWrite", "returned": "default", "uniqueness": "none"},
                    {"name": "givenName", "description": "Taken for the name when no whole one is given",
                     "type": "string", "multiValued": false, "required": false, "caseExact": true,
                     "mutability": "writeOnly", "returned": "never", "uniqueness": "none"},
                    {"name": "familyName", "description": "Taken for the name when no whole one is given",
                     "type": "string", "multiValued": false, "required": false, "caseExact": true,
                     "mutability": "writeOnly", "returned": "never", "uniqueness": "none"}]},
                  {"name": "emails", "description": "The e-mail address once more",
                   "type": "complex", "multiValued": true, "required": false,
                   "mutability": "readWrite", "returned": "default", "uniqueness": "none", "subAttributes": [
                    {"name": "value", "description": "The address",
                     "type": "string", "multiValued": false, "required": false, "caseExact": false,
                     "mutability": "readWrite", "returned": "default", "uniqueness": "none"}]},
                  {"name": "active", "description": "Whether the person may come in",
                   "type": "boolean", "multiValued": false, "required": false,
                   "mutability": "readWrite", "returned": "default", "uniqueness": "none"},
                  {"name": "groups", "description": "The groups the person is in",
                   "type": "complex", "multiValued": true, "required": false,
                   "mutability": "readOnly", "returned": "default", "uniqueness": "none", "subAttributes": [
                    {"name": "value", "description": "The id of the group",
                     "type": "string", "multiValued": false, "required": false, "caseExact": true,
                     "mutability": "readOnly", "returned": "default", "uniqueness": "none"}]}]}
                """ : """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
                 "id": "urn:ietf:params:scim:schemas:core:2.0:Group", "name": "Group", "description": "A group of people",
                 "attributes": [
                  {"name": "displayName", "description": "The name by which the group gives roles",
                   "type": "string", "multiValued": false, "required": true, "caseExact": true,
                   "mutability": "readWrite", "returned": "default", "uniqueness": "server"},
                  {"name": "members", "description": "Who is in the group",
                   "type": "complex", "multiValued": true, "required": false,
                   "mutability": "readWrite", "returned": "default", "uniqueness": "none", "subAttributes": [
                    {"name": "value", "description": "The id of the person",
                     "type": "string", "multiValued": false, "required": false, "caseExact": true,
                     "mutability": "immutable", "returned": "default", "uniqueness": "none"},
                    {"name": "display", "description": "The name of the member",
                     "type": "string", "multiValued": false, "required": false, "caseExact": true,
                     "mutability": "readOnly", "returned": "default", "uniqueness": "none"}]}]}
                """);
    }
}
