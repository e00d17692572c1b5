package app.aicallservice.android.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.json.JSONObject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class ServerClientTest {
    private ServerSocket socket;
    private volatile String request = "";
    private volatile String answer = "";

    @Before
    public void listen() throws IOException {
        socket = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
    }

    @After
    public void close() throws IOException {
        socket.close();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket peer = socket.accept()) {
                InputStream in = peer.getInputStream();
                ByteArrayOutputStream seen = new ByteArrayOutputStream();
                int length = -1;
                while (length < 0 || seen.size() < length) {
                    int b = in.read();
                    if (b < 0) break;
                    seen.write(b);
                    String text = seen.toString("UTF-8");
                    if (length < 0 && text.endsWith("\r\n\r\n")) {
                        java.util.regex.Matcher m = java.util.regex.Pattern.compile("(?i)content-length: (\\d+)").matcher(text);
                        length = seen.size() + (m.find() ? Integer.parseInt(m.group(1)) : 0);
                    }
                }
                request = seen.toString("UTF-8");
                if (answer.isEmpty()) Thread.sleep(3000);
                else peer.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            } catch (IOException | InterruptedException e) {
                return;
            }
        }
    }

    private ServerClient client() {
        return new ServerClient("http://127.0.0.1:" + socket.getLocalPort() + "/", "aisk_test");
    }

    private static String http(int status, String headers, String body) {
        return "HTTP/1.1 " + status + " X\r\n" + headers + "Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body;
    }

    @Test
    public void asksWithTheDeviceKeyAndADeadline() throws Exception {
        answer = http(200, "", "{\"status\":\"success\",\"action\":\"block\",\"message\":\"no\"}");
        CallReport report = new CallReport("id-1", "anonymous", "my phone", 0);
        ServerClient.Answer got = client().postCall(report.toJson("screen"), 2000);
        assertEquals(Verdict.Treatment.DECLINE, Verdict.fromAnswer(got.body).treatment);
        assertTrue(request, request.startsWith("POST /call/incoming HTTP/1.1\r\n"));
        assertTrue(request, request.contains("X-API-Key: aisk_test"));
        JSONObject body = new JSONObject(request.substring(request.indexOf("\r\n\r\n") + 4));
        assertEquals("anonymous", body.getString("caller_number"));
        assertEquals("1970-01-01T00:00:00.000+00:00", body.getString("timestamp"));
        assertEquals(3000, body.getInt("deadline_ms"));
    }

    @Test
    public void doesNotFollowARedirectWithTheKey() throws IOException {
        answer = http(302, "Location: http://127.0.0.1:1/\r\n", "");
        assertEquals(302, client().postCall("{}", 2000).status);
    }

    @Test
    public void tellsWhatIsWorthAnotherTry() throws IOException {
        answer = http(503, "", "{}");
        assertTrue(client().postCall("{}", 2000).isTemporary());
        answer = http(401, "", "{}");
        ServerClient.Answer refused = client().postCall("{}", 2000);
        assertTrue(refused.isKeyRefused());
        assertFalse(refused.isTemporary());
    }

    @Test
    public void givesUpOnAServerThatHangs() {
        answer = "";
        assertThrows(IOException.class, () -> client().postCall("{}", 200));
    }

    @Test
    public void neverSendsTheKeyToAnAddressThatIsNotAllowed() {
        assertThrows(IOException.class, () -> new ServerClient("http://8.8.8.8", "aisk_test").postCall("{}", 200));
    }
}
