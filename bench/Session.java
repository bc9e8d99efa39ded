import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// A person at a browser, without the browser: follows pages, keeps cookies, fills forms with the hidden fields they carry.
final class Session {

    private static final Pattern FORM = Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>", Pattern.DOTALL);

    private final Connection connection;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private String path = "/";
    private Connection.Answer page;

    Session(int port) {
        this.connection = new Connection(port);
    }

    Session open(String link) throws Exception {
        path = link;
        return take(connection.get(link, headers())).follow();
    }

    /// Submits the first form of the page that has all the named fields, and goes where that leads.
    Session submit(Map<String, String> answers) throws Exception {
        return post(answers).follow();
    }

    /// Submits the form that leads to an address.
    Session submit(String action, Map<String, String> answers) throws Exception {
        return post(action, answers).follow();
    }

    Session submit(String action) throws Exception {
        return submit(action, Map.of());
    }

    /// The same as far as the first answer.
    Session post(Map<String, String> answers) throws Exception {
        return post("", answers);
    }

    private Session post(String leadsTo, Map<String, String> answers) throws Exception {
        var forms = FORM.matcher(page.text());
        while (forms.find()) {
            var body = forms.group(2);
            var action = attribute(forms.group(1), "action");
            if (action.startsWith(leadsTo) && answers.keySet().stream().allMatch(name -> body.contains("name=\"" + name + "\""))) {
                var fields = hidden(body);
                fields.putAll(answers);
                path = action.isEmpty() ? path : action.replace("&amp;", "&");
                var headers = headers();
                headers.put("Content-Type", "application/x-www-form-urlencoded");
                return take(connection.post(path, headers, encoded(fields)));
            }
        }
        throw new IllegalStateException("no form to " + leadsTo + " with " + answers.keySet() + " on " + where());
    }

    /// Goes where the last answer leads.
    Session follow() throws Exception {
        if (page.status() >= 300 && page.status() < 400) {
            return open(page.header("location").replaceFirst("^https?://[^/]+", ""));
        }
        return this;
    }

    String find(String pattern) {
        var matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(page.text());
        if (!matcher.find()) {
            throw new IllegalStateException("nothing like " + pattern + " on " + path + " (" + page.status() + ")");
        }
        return matcher.group(1);
    }

    String cookieHeader() {
        var header = new StringBuilder();
        cookies.forEach((name, value) -> header.append(header.isEmpty() ? "" : "; ").append(name).append('=').append(value));
        return header.toString();
    }

    String where() {
        return path + " " + page.status();
    }

    private Session take(Connection.Answer answer) {
        for (var cookie : answer.header("set-cookie").split("\n")) {
            if (cookie.contains("=")) {
                var pair = cookie.split(";", 2)[0];
                cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        page = answer;
        return this;
    }

    private Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Accept", "text/html");
        if (!cookies.isEmpty()) {
            headers.put("Cookie", cookieHeader());
        }
        return headers;
    }

    private static Map<String, String> hidden(String form) {
        var fields = new LinkedHashMap<String, String>();
        var inputs = INPUT.matcher(form);
        while (inputs.find()) {
            if (attribute(inputs.group(), "type").equals("hidden")) {
                fields.put(attribute(inputs.group(), "name"), attribute(inputs.group(), "value"));
            }
        }
        return fields;
    }

    private static String attribute(String tag, String name) {
        var matcher = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String encoded(Map<String, String> fields) {
        var body = new StringBuilder();
        fields.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return body.toString();
    }
}
