package app.aicallservice.android.news;

import android.Manifest;
import android.content.SharedPreferences;
import android.content.pm.PackageManager;
import android.os.Build;
import android.util.Base64;
import androidx.core.content.ContextCompat;
import app.aicallservice.android.core.Offers;
import app.aicallservice.android.core.TransportRule;
import app.aicallservice.android.core.WebPush;
import com.getcapacitor.JSArray;
import com.getcapacitor.JSObject;
import com.getcapacitor.Plugin;
import com.getcapacitor.PluginCall;
import com.getcapacitor.PluginMethod;
import com.getcapacitor.annotation.CapacitorPlugin;
import com.getcapacitor.annotation.Permission;
import com.getcapacitor.annotation.PermissionCallback;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The screens' door to notifications: which ways this phone has, which one is on, and the subscription for the server. */
@CapacitorPlugin(name = "News", permissions = @Permission(alias = NewsPlugin.NOTIFICATIONS, strings = {Manifest.permission.POST_NOTIFICATIONS}))
public final class NewsPlugin extends Plugin {
    static final String NOTIFICATIONS = "notifications";
    private static final List<String> FOLLOWED = Arrays.asList(NewsStore.MODE, NewsStore.ENDPOINT, NewsStore.FAILURE);
    private static final int BASE64URL = Base64.URL_SAFE | Base64.NO_WRAP | Base64.NO_PADDING;

    private NewsStore store;
    /** A field: Android holds its listeners weakly. */
    private SharedPreferences.OnSharedPreferenceChangeListener listener;

    /** The distributor answers whenever it likes; the screens hear of it as {@code changed}. */
    @Override
    public void load() {
        store = new NewsStore(getContext());
        listener =
            (preferences, key) -> {
                if (FOLLOWED.contains(key)) notifyListeners("changed", status());
            };
        store.preferences.registerOnSharedPreferenceChangeListener(listener);
    }

    @Override
    protected void handleOnDestroy() {
        store.preferences.unregisterOnSharedPreferenceChangeListener(listener);
    }

    /** {@code {mode, isAllowed, distributors: [{id, name}], distributor, failure, endpoint, p256dh, auth}} */
    @PluginMethod
    public void status(PluginCall call) {
        call.resolve(status());
    }

    /** Android's own question (13 and newer); resolves with the status. Below, notifications are allowed unless switched off. */
    @PluginMethod
    public void askPermission(PluginCall call) {
        if (isAllowed() || Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU) call.resolve(status());
        else requestPermissionForAlias(NOTIFICATIONS, call, "onPermission");
    }

    @PermissionCallback
    private void onPermission(PluginCall call) {
        call.resolve(status());
    }

    /** {@code {distributor, vapid}}: asks it for an endpoint; {@code changed} tells when there is one. */
    @PluginMethod
    public void register(PluginCall call) {
        String distributor = call.getString("distributor", "");
        if (!Distributors.installed(getContext()).containsKey(distributor)) {
            call.reject("This distributor is not installed.");
            return;
        }
        stopNow();
        try {
            store.beginPush(distributor);
        } catch (GeneralSecurityException e) {
            call.reject("This phone cannot keep the key safely.");
            return;
        }
        Distributors.register(getContext(), store, call.getString("vapid", ""));
        call.resolve(status());
    }

    /** {@code {server, readKey, lastCall}}: looks every 15 minutes, for calls after {@code lastCall} (an id, as text). */
    @PluginMethod
    public void poll(PluginCall call) {
        String server = call.getString("server", "");
        String readKey = call.getString("readKey", "");
        String lastCall = call.getString("lastCall", "");
        if (TransportRule.judge(server) == TransportRule.Transport.REFUSED) {
            call.reject("This server address is not safe to use.");
            return;
        }
        if (!readKey.startsWith("aisk_") || !lastCall.matches("[0-9]{1,15}")) {
            call.reject("The key or the last call is missing.");
            return;
        }
        stopNow();
        try {
            store.beginPolling(server, readKey, Long.parseLong(lastCall));
        } catch (GeneralSecurityException e) {
            call.reject("This phone cannot keep the key safely.");
            return;
        }
        PollJob.schedule(getContext());
        call.resolve(status());
    }

    /** Ends whichever way is on and forgets its keys: also part of signing out. */
    @PluginMethod
    public void stop(PluginCall call) {
        stopNow();
        call.resolve(status());
    }

    /** {@code {word}}: what a notification's button ordered, {@code {order, callId}}, once; empty for any other word. */
    @PluginMethod
    public void redeem(PluginCall call) {
        Offers.Offer offer = store.redeem(call.getString("word", ""));
        JSObject result = new JSObject();
        if (offer != null) {
            NewsNotice.dismiss(getContext(), offer.callId);
            result.put("order", offer.order);
            result.put("callId", offer.callId);
        }
        call.resolve(result);
    }

    private void stopNow() {
        Distributors.unregister(getContext(), store);
        PollJob.cancel(getContext());
        store.forget();
    }

    private boolean isAllowed() {
        return ContextCompat.checkSelfPermission(getContext(), Manifest.permission.POST_NOTIFICATIONS) == PackageManager.PERMISSION_GRANTED;
    }

    private JSObject status() {
        JSArray distributors = new JSArray();
        for (Map.Entry<String, String> each : Distributors.installed(getContext()).entrySet()) {
            JSObject distributor = new JSObject();
            distributor.put("id", each.getKey());
            distributor.put("name", each.getValue());
            distributors.put(distributor);
        }
        WebPush keys = store.endpoint() == null ? null : store.keys();
        JSObject status = new JSObject();
        status.put("mode", store.mode());
        status.put("isAllowed", isAllowed());
        status.put("distributors", distributors);
        status.put("distributor", store.distributor());
        status.put("failure", store.failure());
        status.put("endpoint", keys == null ? null : store.endpoint());
        status.put("p256dh", keys == null ? null : Base64.encodeToString(keys.publicKey(), BASE64URL));
        status.put("auth", keys == null ? null : Base64.encodeToString(keys.auth(), BASE64URL));
        return status;
    }
}
