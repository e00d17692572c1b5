package app.aicallservice.android.callscreen;

import android.app.Activity;
import android.app.role.RoleManager;
import android.os.Build;
import androidx.activity.result.ActivityResult;
import app.aicallservice.android.core.CallReport;
import app.aicallservice.android.core.CallerNumber;
import app.aicallservice.android.core.ServerClient;
import app.aicallservice.android.core.TransportRule;
import app.aicallservice.android.core.Verdict;
import com.getcapacitor.JSObject;
import com.getcapacitor.Plugin;
import com.getcapacitor.PluginCall;
import com.getcapacitor.PluginMethod;
import com.getcapacitor.annotation.ActivityCallback;
import com.getcapacitor.annotation.CapacitorPlugin;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The screens' door to call screening. Everything is off until its owner consents, connects and grants the role. */
@CapacitorPlugin(name = "CallScreen")
public final class CallScreenPlugin extends Plugin {
    private static final List<String> MODES = Arrays.asList(ScreenStore.OFF, ScreenStore.REPORT, ScreenStore.SCREEN);

    /** {@code {isSupported, hasRole, mode, isConnected, server, waiting}} */
    @PluginMethod
    public void status(PluginCall call) {
        call.resolve(status());
    }

    /** Opens Android's own question for the call-screening role; resolves with the status afterwards. */
    @PluginMethod
    public void requestRole(PluginCall call) {
        if (!isSupported()) {
            call.reject("Call screening needs Android 10 or newer.");
            return;
        }
        RoleManager roles = getContext().getSystemService(RoleManager.class);
        startActivityForResult(call, roles.createRequestRoleIntent(RoleManager.ROLE_CALL_SCREENING), "onRole");
    }

    @ActivityCallback
    private void onRole(PluginCall call, ActivityResult result) {
        if (call == null) return;
        if (result.getResultCode() == Activity.RESULT_OK || hasRole()) call.resolve(status());
        else call.reject("The permission was not given.");
    }

    /** {@code {server, deviceKey, label}}: where to report to. The address must satisfy the transport rule. */
    @PluginMethod
    public void connect(PluginCall call) {
        String server = call.getString("server", "");
        String deviceKey = call.getString("deviceKey", "");
        if (TransportRule.judge(server) == TransportRule.Transport.REFUSED) {
            call.reject("This server address is not safe to use.");
            return;
        }
        if (!deviceKey.startsWith("aisk_")) {
            call.reject("The device key is missing.");
            return;
        }
        try {
            store().connect(server, deviceKey, call.getString("label", "android"));
            call.resolve(status());
        } catch (GeneralSecurityException e) {
            call.reject("This phone cannot keep the key safely.");
        }
    }

    /** {@code {mode: off | report | screen}} */
    @PluginMethod
    public void setMode(PluginCall call) {
        String mode = call.getString("mode", "");
        if (!MODES.contains(mode)) {
            call.reject("The mode must be off, report or screen.");
            return;
        }
        store().setMode(mode);
        call.resolve(status());
    }

    /** {@code {number}}: asks the server about a made-up call and resolves with what the phone would do: {treatment, reason, tookMs}. */
    @PluginMethod
    public void simulate(PluginCall call) {
        ScreenStore store = store();
        ServerClient client = store.client();
        if (client == null) {
            call.reject("Connect this phone to your server first.");
            return;
        }
        String number = CallerNumber.fromHandle("tel:" + call.getString("number", ""));
        CallReport report = new CallReport("android-test-" + UUID.randomUUID(), number, store.label(), System.currentTimeMillis());
        new Thread(() -> simulate(call, client, report), "simulate").start();
    }

    private void simulate(PluginCall call, ServerClient client, CallReport report) {
        long startMs = System.currentTimeMillis();
        try {
            ServerClient.Answer answer = client.postCall(report.toJson(ScreenStore.SCREEN), CallReport.DEADLINE_MS);
            if (answer.isKeyRefused()) {
                call.reject("The server no longer knows this phone. Connect it again.");
                return;
            }
            Verdict verdict = answer.status == 200 ? Verdict.fromAnswer(answer.body) : Verdict.doubt("");
            JSObject result = new JSObject();
            result.put("treatment", verdict.treatment.name().toLowerCase(Locale.ROOT));
            result.put("reason", verdict.reason);
            result.put("tookMs", System.currentTimeMillis() - startMs);
            call.resolve(result);
        } catch (IOException e) {
            call.reject("The server did not answer.");
        }
    }

    /** Forgets the server, the key and the waiting reports: part of signing out. */
    @PluginMethod
    public void disconnect(PluginCall call) {
        store().forget();
        call.resolve(status());
    }

    private JSObject status() {
        ScreenStore store = store();
        JSObject status = new JSObject();
        status.put("isSupported", isSupported());
        status.put("hasRole", hasRole());
        status.put("mode", store.mode());
        status.put("isConnected", store.client() != null);
        status.put("server", store.server());
        status.put("waiting", store.queue.size());
        return status;
    }

    private static boolean isSupported() {
        return Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q;
    }

    private boolean hasRole() {
        if (!isSupported()) return false;
        RoleManager roles = getContext().getSystemService(RoleManager.class);
        return roles != null && roles.isRoleHeld(RoleManager.ROLE_CALL_SCREENING);
    }

    private ScreenStore store() {
        return new ScreenStore(getContext());
    }
}
