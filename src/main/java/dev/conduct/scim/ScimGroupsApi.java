package dev.conduct.scim;

import dev.conduct.identity.Actor;
import dev.conduct.scim.Groups.Group;
import dev.conduct.scim.Groups.Member;
import dev.conduct.scim.Groups.Said;
import dev.conduct.scim.ScimJson.Shown;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// Groups, for the directory.
@RestController
@RequestMapping(ScimRoutes.BASE + "/Groups")
class ScimGroupsApi {

    static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";

    private final Groups groups;
    private final ScimAddress address;

    ScimGroupsApi(Groups groups, ScimAddress address) {
        this.groups = groups;
        this.address = address;
    }

    @GetMapping
    ResponseEntity<String> list(
            @RequestParam(required = false) @Nullable String filter,
            @RequestParam(defaultValue = "1") int startIndex,
            @RequestParam(defaultValue = "100") int count,
            @RequestParam(required = false) @Nullable String attributes,
            @RequestParam(required = false) @Nullable String excludedAttributes) {
        var start = Math.max(1, startIndex);
        var shown = Shown.of(attributes, excludedAttributes);
        var found = groups.find(ScimFilter.parse(filter), start - 1, Math.clamp(count, 0, 200));
        var members = groups.members(found.groups().stream().map(Group::id).toList());
        return ScimJson.answer(
                200, ScimJson.list(found.groups(), found.total(), start, group -> shown.of(written(group, members))));
    }

    @GetMapping("/{id}")
    ResponseEntity<String> one(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String attributes,
            @RequestParam(required = false) @Nullable String excludedAttributes) {
        return answer(200, groups.one(id), Shown.of(attributes, excludedAttributes));
    }

    @PostMapping
    ResponseEntity<String> add(@RequestBody String body, Actor actor) {
        return answer(201, groups.add(said(ScimJson.read(body)), actor), Shown.of(null, null));
    }

    @PutMapping("/{id}")
    ResponseEntity<String> put(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody String body,
            Actor actor) {
        var group = groups.one(id);
        ScimAddress.require(ifMatch, group.version());
        return answer(200, groups.change(group, said(ScimJson.read(body)), actor), Shown.of(null, null));
    }

    @PatchMapping("/{id}")
    ResponseEntity<String> patch(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody String body,
            Actor actor) {
        var group = groups.one(id);
        ScimAddress.require(ifMatch, group.version());
        var resource = written(group, groups.members(List.of(group.id())));
        ScimPatch.apply(resource, ScimJson.read(body));
        return answer(200, groups.change(group, said(resource), actor), Shown.of(null, null));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> remove(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            Actor actor) {
        var group = groups.one(id);
        ScimAddress.require(ifMatch, group.version());
        groups.remove(group, actor);
        return ResponseEntity.noContent().build();
    }

    private ResponseEntity<String> answer(int status, Group group, Shown shown) {
        return ScimJson.resource(status, written(group, groups.members(List.of(group.id()))), shown);
    }

    private ObjectNode written(Group group, Map<UUID, List<Member>> members) {
        var written = ScimJson.object(SCHEMA).put("id", group.id().toString());
        if (group.externalId() != null) {
            written.put("externalId", group.externalId());
        }
        written.put("displayName", group.displayName());
        var list = written.putArray("members");
        members.getOrDefault(group.id(), List.of())
                .forEach(member -> list.addObject()
                        .put("value", member.person().toString())
                        .put("display", member.name())
                        .put("type", "User")
                        .put("$ref", address.of("Users", member.person())));
        address.meta(written, "Group", "Groups", group.id(), group.version(), group.createdAt());
        return written;
    }

    private static Said said(ObjectNode group) {
        var name = ScimJson.text(group, "displayName");
        if (name == null || name.isBlank()) {
            throw ScimRefusal.value("displayName is missing.");
        }
        var members = new TreeSet<UUID>();
        var listed = ScimJson.member(group, "members");
        if (listed != null) {
            if (!listed.isArray()) {
                throw ScimRefusal.value("members is a list.");
            }
            for (var member : listed) {
                var value = member.isObject() ? ScimJson.text(member, "value") : null;
                members.add(ProvisionedPeople.parsed(value == null ? "" : value)
                        .orElseThrow(() -> ScimRefusal.value("A member is no user here.")));
            }
        }
        return new Said(name.strip(), ScimJson.text(group, "externalId"), members);
    }
}
