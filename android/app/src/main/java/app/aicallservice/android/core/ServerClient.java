package app.aicallservice.android.core;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** Talks to the owner's server with a narrow key of this phone. No cookies, no redirects, no session token. */
public final class ServerClient {
    private static final int MAX_ANSWER_BYTES = 512 * 1024;
    private final String server;
    private final String deviceKey;

    public ServerClient(String server, String deviceKey) {
        this.server = server.replaceAll("/+$", "");
        this.deviceKey = deviceKey;
    }

    /**
     * POSTs {@code json} to /call/incoming. The whole exchange is bounded by two waits of {@code timeoutMs} (connect, read).
     *
     * @throws IOException when the server cannot be reached, or its address is not one the app may talk to.
     */
    public Answer postCall(String json, int timeoutMs) throws IOException {
        return exchange("/call/incoming", json, timeoutMs);
    }

    /** The newest calls, newest first: GET /api/v1/calls. Needs a key that may read. */
    public Answer getCalls(int limit, int timeoutMs) throws IOException {
        return exchange("/api/v1/calls?limit=" + limit, null, timeoutMs);
    }

    private Answer exchange(String path, String json, int timeoutMs) throws IOException {
        if (TransportRule.judge(server) == TransportRule.Transport.REFUSED) throw new IOException("address not allowed");
        HttpURLConnection connection = (HttpURLConnection) new URL(server + path).openConnection();
        try {
            connection.setConnectTimeout(timeoutMs);
            connection.setReadTimeout(timeoutMs);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestProperty("Accept", "application/json");
            connection.setRequestProperty("X-API-Key", deviceKey);
            if (json != null) send(connection, json);
            int status = connection.getResponseCode();
            try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return new Answer(status, in == null ? "" : read(in));
            }
        } finally {
            connection.disconnect();
        }
    }

    private static void send(HttpURLConnection connection, String json) throws IOException {
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        for (int n = in.read(buffer); n >= 0 && out.size() < MAX_ANSWER_BYTES; n = in.read(buffer)) out.write(buffer, 0, n);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    public static final class Answer {
        public final int status;
        public final String body;

        Answer(int status, String body) {
            this.status = status;
            this.body = body;
        }

        /** Worth another try later: the server was away, busy or counting requests. Other refusals stay refusals. */
        public boolean isTemporary() {
            return status == 429 || status == 408 || status >= 500;
        }

        /** The key was revoked or never fitted: screening is over until its owner connects again. */
        public boolean isKeyRefused() {
            return status == 401 || status == 403;
        }
    }
}
