package dev.conduct.scim;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Directory.Entry;
import dev.conduct.scim.Groups.Group;
import dev.conduct.scim.ProvisionedPeople.Said;
import dev.conduct.scim.ScimJson.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
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

/// People, for the directory. The user name is the e-mail address.
@RestController
@RequestMapping(ScimRoutes.BASE + "/Users")
class ScimUsersApi {

    static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";

    private final ProvisionedPeople people;
    private final Groups groups;
    private final ScimAddress address;

    ScimUsersApi(ProvisionedPeople people, Groups groups, ScimAddress address) {
        this.people = people;
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
        var found = people.find(ScimFilter.parse(filter), start - 1, Math.clamp(count, 0, 200));
        var written = written(found.entries()).iterator();
        return ScimJson.answer(
                200, ScimJson.list(found.entries(), found.total(), start, entry -> shown.of(written.next())));
    }

    @GetMapping("/{id}")
    ResponseEntity<String> one(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String attributes,
            @RequestParam(required = false) @Nullable String excludedAttributes) {
        return answer(200, people.one(id), Shown.of(attributes, excludedAttributes));
    }

    @PostMapping
    ResponseEntity<String> add(@RequestBody String body, Actor actor) {
        return answer(201, people.add(said(ScimJson.read(body), null), actor), Shown.of(null, null));
    }

    @PutMapping("/{id}")
    ResponseEntity<String> put(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody String body,
            Actor actor) {
        var entry = people.one(id);
        ScimAddress.require(ifMatch, entry.version());
        var changed = people.change(entry, said(ScimJson.read(body), null), actor);
        return answer(200, changed, Shown.of(null, null));
    }

    @PatchMapping("/{id}")
    ResponseEntity<String> patch(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody String body,
            Actor actor) {
        var entry = people.one(id);
        ScimAddress.require(ifMatch, entry.version());
        var resource = written(List.of(entry)).getFirst();
        ScimPatch.apply(resource, ScimJson.read(body));
        return answer(200, people.change(entry, said(resource, entry), actor), Shown.of(null, null));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> remove(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            Actor actor) {
        var entry = people.one(id);
        ScimAddress.require(ifMatch, entry.version());
        people.remove(entry, actor);
        return ResponseEntity.noContent().build();
    }

    private ResponseEntity<String> answer(int status, Entry entry, Shown shown) {
        return ScimJson.resource(status, written(List.of(entry)).getFirst(), shown);
    }

    private List<ObjectNode> written(List<Entry> entries) {
        var ids = entries.stream().map(ProvisionedPeople::id).toList();
        var called = people.externalIds(entries);
        var in = groups.of(ids);
        return entries.stream().map(entry -> written(entry, called, in)).toList();
    }

    private ObjectNode written(Entry entry, Map<UUID, String> called, Map<UUID, List<Group>> in) {
        var id = ProvisionedPeople.id(entry);
        var person = entry.person();
        var email = Objects.requireNonNullElse(person.email(), "");
        var user = ScimJson.object(SCHEMA).put("id", id.toString());
        if (called.containsKey(id)) {
            user.put("externalId", called.get(id));
        }
        user.put("userName", email).put("displayName", person.name()).put("active", person.active());
        user.putObject("name").put("formatted", person.name());
        user.putArray("emails")
                .addObject()
                .put("value", email)
                .put("type", "work")
                .put("primary", true);
        var list = user.putArray("groups");
        in.getOrDefault(id, List.of())
                .forEach(group -> list.addObject()
                        .put("value", group.id().toString())
                        .put("display", group.displayName())
                        .put("$ref", address.of("Groups", group.id())));
        address.meta(user, "User", "Users", id, entry.version(), entry.createdAt());
        return user;
    }

    /// @param before as the person was, for a PATCH: of several ways to write a name, the changed one counts
    private static Said said(ObjectNode user, @Nullable Entry before) {
        var email = ScimJson.text(user, "userName");
        if (email == null || email.isBlank()) {
            throw ScimRefusal.value("userName is missing. It is the person's e-mail address.");
        }
        if (!email.contains("@")) {
            email = primary(user, email);
        }
        var active = ScimJson.truth(user, "active");
        return new Said(
                email.strip(),
                name(user, before == null ? null : before.person().name(), email),
                ScimJson.text(user, "externalId"),
                active == null || active);
    }

    /// For directories whose user names are no addresses.
    private static String primary(ObjectNode user, String userName) {
        var emails = ScimJson.member(user, "emails");
        if (emails != null) {
            for (var email : emails) {
                var value = ScimJson.text(email, "value");
                if (value != null && value.contains("@")) {
                    return value;
                }
            }
        }
        throw ScimRefusal.value("userName “" + userName + "” is no e-mail address, and emails has none.");
    }

    private static String name(ObjectNode user, @Nullable String before, String email) {
        var parts = ScimJson.member(user, "name");
        var names = new ArrayList<@Nullable String>();
        names.add(ScimJson.text(user, "displayName"));
        if (parts != null && parts.isObject()) {
            names.add(ScimJson.text(parts, "formatted"));
            var both = Stream.of(ScimJson.text(parts, "givenName"), ScimJson.text(parts, "familyName"))
                    .filter(Objects::nonNull)
                    .toList();
            names.add(both.isEmpty() ? null : String.join(" ", both));
        }
        var given = names.stream()
                .filter(Objects::nonNull)
                .filter(name -> !name.isBlank())
                .toList();
        return given.stream()
                .filter(name -> !name.equals(before))
                .findFirst()
                .or(() -> given.stream().findFirst())
                .orElse(email);
    }
}
