package com.getcapacitor;

import android.content.Context;
import android.content.Intent;

public class Plugin {
    public void load() {}
    protected void handleOnDestroy() {}
    protected void notifyListeners(String eventName, JSObject data) {}
    protected void requestPermissionForAlias(String alias, PluginCall call, String callbackName) {}
    public Context getContext() { return null; }
    public void startActivityForResult(PluginCall call, Intent intent, String callbackName) {}
}
