"""Stack traces as runtimes print them → exceptions with frames. Text in, values out.

One module a family of runtimes; `parsing` chooses. Source: what the runtimes themselves print (traceback.py,
Throwable.printStackTrace, V8 and other engines' Error.stack, runtime/debug.Stack, Exception.ToString,
Exception#full_message, Exception::__toString).
"""
