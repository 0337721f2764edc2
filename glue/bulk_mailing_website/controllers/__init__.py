from . import form, subscribe, typed
