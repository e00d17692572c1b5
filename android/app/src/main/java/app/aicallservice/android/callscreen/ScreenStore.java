package app.aicallservice.android.callscreen;

import android.content.Context;
import android.content.SharedPreferences;
import app.aicallservice.android.KeyVault;
import app.aicallservice.android.core.ReportQueue;
import app.aicallservice.android.core.ServerClient;
import java.io.File;
import java.security.GeneralSecurityException;

/** What call screening remembers on this phone: its mode, the server, the sealed device key and the waiting reports. */
final class ScreenStore {
    static final String OFF = "off";
    static final String REPORT = "report";
    static final String SCREEN = "screen";
    private static final String FILE = "call_screen";

    private final SharedPreferences preferences;
    final ReportQueue queue;

    ScreenStore(Context context) {
        preferences = context.getSharedPreferences(FILE, Context.MODE_PRIVATE);
        queue = new ReportQueue(new File(context.getNoBackupFilesDir(), "reports"));
    }

    String mode() {
        return preferences.getString("mode", OFF);
    }

    void setMode(String mode) {
        preferences.edit().putString("mode", mode).apply();
    }

    String server() {
        return preferences.getString("server", null);
    }

    String label() {
        return preferences.getString("label", "android");
    }

    /** Remembers where to report to and with which key (scope calls:report), and nothing else of the account. */
    void connect(String server, String deviceKey, String label) throws GeneralSecurityException {
        preferences.edit().putString("server", server).putString("key", KeyVault.seal(deviceKey)).putString("label", label).apply();
    }

    /** Null when not connected, or when the key can no longer be opened. */
    ServerClient client() {
        String server = server();
        String sealed = preferences.getString("key", null);
        String key = sealed == null ? null : KeyVault.open(sealed);
        return server == null || key == null ? null : new ServerClient(server, key);
    }

    int failures() {
        return preferences.getInt("failures", 0);
    }

    void setFailures(int failures) {
        preferences.edit().putInt("failures", failures).apply();
    }

    /** After signing out nothing stays: no key, no address, no waiting report. */
    void forget() {
        preferences.edit().clear().apply();
        queue.clear();
    }
}
