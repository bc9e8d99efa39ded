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
        return take(connection.get(link, headers()));
    }

    /// Submits the first form of the page that has all the named fields.
    Session submit(Map<String, String> answers) throws Exception {
        var forms = FORM.matcher(page.text());
        while (forms.find()) {
            var body = forms.group(2);
            if (answers.keySet().stream().allMatch(name -> body.contains("name=\"" + name + "\""))) {
                var fields = hidden(body);
                fields.putAll(answers);
                var action = attribute(forms.group(1), "action");
                path = action.isEmpty() ? path : action.replace("&amp;", "&");
                var headers = headers();
                headers.put("Content-Type", "application/x-www-form-urlencoded");
                return take(connection.post(path, headers, encoded(fields)));
            }
        }
        throw new IllegalStateException("no form with " + answers.keySet() + " on " + path + " (" + page.status() + ")");
    }

    String find(String pattern) {
        var matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(page.text());
        if (!matcher.find()) {
            throw new IllegalStateException("nothing like " + pattern + " on " + path + " (" + page.status() + ")");
        }
        return matcher.group(1);
    }

    boolean shows(String text) {
        return page.text().contains(text);
    }

    String cookieHeader() {
        var header = new StringBuilder();
        cookies.forEach((name, value) -> header.append(header.isEmpty() ? "" : "; ").append(name).append('=').append(value));
        return header.toString();
    }

    String where() {
        return path + " " + page.status();
    }

    private Session take(Connection.Answer answer) throws Exception {
        for (var cookie : answer.header("set-cookie").split("\n")) {
            if (cookie.contains("=")) {
                var pair = cookie.split(";", 2)[0];
                cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        page = answer;
        if (answer.status() >= 300 && answer.status() < 400) {
            return open(answer.header("location").replaceFirst("^https?://[^/]+", ""));
        }
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
