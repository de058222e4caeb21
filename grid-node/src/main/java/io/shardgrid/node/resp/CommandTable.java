package io.shardgrid.node.resp;

import static io.shardgrid.node.resp.CommandSpec.Flag.ADMIN;
import static io.shardgrid.node.resp.CommandSpec.Flag.DENYOOM;
import static io.shardgrid.node.resp.CommandSpec.Flag.FAST;
import static io.shardgrid.node.resp.CommandSpec.Flag.LOADING;
import static io.shardgrid.node.resp.CommandSpec.Flag.READONLY;
import static io.shardgrid.node.resp.CommandSpec.Flag.WRITE;
import static io.shardgrid.node.resp.CommandSpec.command;
import static io.shardgrid.node.resp.CommandSpec.mapCommand;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every command that the server knows. Immutable. */
final class CommandTable {

  private static final CommandTable TABLE = new CommandTable();

  private final List<CommandSpec> all;
  private final CommandIndex index;

  private CommandTable() {
    List<CommandSpec> commands = new ArrayList<>();
    commands.addAll(connection());
    commands.addAll(strings());
    commands.addAll(keys());
    commands.addAll(server());
    commands.addAll(maps());
    all = List.copyOf(commands);
    index = new CommandIndex(all);
  }

  /** The table. */
  static CommandTable get() {
    return TABLE;
  }

  /** Every command. */
  List<CommandSpec> all() {
    return all;
  }

  /** The command of this name in any case, or null. */
  @Nullable CommandSpec find(byte[] name) {
    return index.find(name);
  }

  private static List<CommandSpec> connection() {
    return List.of(
        command("ping", -1, ConnectionCommands::ping, "Replies PONG, or the message")
            .with(FAST, LOADING),
        command("hello", -1, ConnectionCommands::hello, "Agrees on the version of RESP")
            .with(FAST, LOADING),
        command("auth", -2, ConnectionCommands::auth, "Logs in: password, or user password")
            .with(FAST, LOADING),
        command("echo", 2, ConnectionCommands::echo, "Replies the message").with(FAST, LOADING),
        command("select", 2, ConnectionCommands::select, "Accepts database 0, the only one")
            .with(FAST, LOADING),
        command("quit", -1, ConnectionCommands::quit, "Closes the connection").with(FAST, LOADING),
        command(
                "client",
                -2,
                ConnectionCommands::client,
                "SETNAME, GETNAME, SETINFO, ID, INFO, LIST")
            .with(LOADING),
        command(
                "readonly",
                1,
                ConnectionCommands::ok,
                "Changes nothing: replicas do not serve reads")
            .with(FAST, LOADING),
        command("readwrite", 1, ConnectionCommands::ok, "Changes nothing").with(FAST, LOADING),
        command("asking", 1, ConnectionCommands::ok, "Changes nothing").with(FAST, LOADING));
  }

  private static List<CommandSpec> strings() {
    return List.of(
        command("get", 2, StringCommands::get, "Replies the value of a key").readsKey(),
        command("set", -3, StringCommands::set, "Stores a value: EX PX EXAT PXAT NX XX GET KEEPTTL")
            .writesKey()
            .with(DENYOOM),
        command("setnx", 3, StringCommands::setnx, "Stores a value if there is none")
            .writesKey()
            .with(DENYOOM),
        command("getdel", 2, StringCommands::getdel, "Replies a value and removes it").writesKey(),
        command("getex", -2, StringCommands::getex, "Replies a value and sets its time to live")
            .writesKey(),
        command("mget", -2, StringCommands::mget, "Replies the values of several keys")
            .with(READONLY)
            .keys(-1, 1),
        command("mset", -3, StringCommands::mset, "Stores several values")
            .with(WRITE, DENYOOM)
            .keys(-1, 2),
        command("append", 3, StringCommands::append, "Appends to a value")
            .writesKey()
            .with(DENYOOM),
        command("strlen", 2, StringCommands::strlen, "Replies the length of a value").readsKey(),
        command("incr", 2, StringCommands::incr, "Adds 1 to a number").writesKey().with(DENYOOM),
        command("decr", 2, StringCommands::decr, "Takes 1 from a number").writesKey().with(DENYOOM),
        command("incrby", 3, StringCommands::incrby, "Adds to a number").writesKey().with(DENYOOM),
        command("decrby", 3, StringCommands::decrby, "Takes from a number")
            .writesKey()
            .with(DENYOOM));
  }

  private static List<CommandSpec> keys() {
    return List.of(
        command("del", -2, KeyCommands::del, "Removes keys").with(WRITE).keys(-1, 1),
        command("unlink", -2, KeyCommands::del, "Removes keys").with(WRITE).keys(-1, 1),
        command("exists", -2, KeyCommands::exists, "Counts the keys that there are")
            .with(READONLY)
            .keys(-1, 1),
        command("type", 2, KeyCommands::type, "Replies string or none").readsKey(),
        command("ttl", 2, KeyCommands::ttl, "Replies the seconds that an entry has left")
            .readsKey(),
        command("pttl", 2, KeyCommands::pttl, "Replies the milliseconds that an entry has left")
            .readsKey(),
        command("expire", -3, KeyCommands::expire, "Sets the time to live in seconds").writesKey(),
        command("pexpire", -3, KeyCommands::pexpire, "Sets the time to live in milliseconds")
            .writesKey(),
        command("persist", 2, KeyCommands::persist, "Takes the time to live off").writesKey(),
        command("scan", -2, ScanCommand::scan, "Iterates over the keys: MATCH COUNT TYPE")
            .with(READONLY),
        command("dbsize", 1, ServerCommands::dbsize, "Counts the keys").with(READONLY),
        command(
                "flushall",
                -1,
                ServerCommands::flushall,
                "Clears the map default; with ALL, every map")
            .with(WRITE));
  }

  private static List<CommandSpec> server() {
    return List.of(
        command("info", -1, ServerCommands::info, "Describes the server, by sections")
            .with(LOADING),
        command("command", -1, CommandCommand::command, "COUNT, LIST, INFO, DOCS").with(LOADING),
        command("config", -2, ServerCommands::config, "GET; nothing can be set")
            .with(ADMIN, LOADING),
        command(
            "cluster",
            -2,
            ClusterCommands::cluster,
            "SLOTS, SHARDS, NODES, MYID, INFO, KEYSLOT: the cluster as Redis Cluster shows it"),
        command(
            "grid.hello", 3, NativeCommands::hello, "Opens the native protocol: client version"),
        command(CommandSpec.NATIVE, 2, NativeCommands::operate, "Sends native operations")
            .with(WRITE),
        command(CommandSpec.RULE, -2, RuleCommands::rule, "LOAD, LIST, DROP, RELEASE, CALL a rule")
            .with(WRITE),
        command(
                "grid.trace",
                2,
                ConnectionCommands::trace,
                "Follows the next command: traceparent of W3C")
            .with(FAST, LOADING),
        command("grid.placement", 1, NativeCommands::placement, "Replies members and placement"));
  }

  private static List<CommandSpec> maps() {
    return List.of(
        mapCommand("grid.get", 3, StringCommands::get, "Replies a value: map key").readsKey(),
        mapCommand(
                "grid.set",
                -4,
                StringCommands::set,
                "Stores a value: map key value, options of SET")
            .writesKey()
            .with(DENYOOM),
        mapCommand("grid.del", -3, KeyCommands::del, "Removes keys: map key ...")
            .with(WRITE)
            .keys(-1, 1),
        mapCommand(
                "grid.exists", -3, KeyCommands::exists, "Counts keys that there are: map key ...")
            .with(READONLY)
            .keys(-1, 1),
        mapCommand("grid.scan", -3, ScanCommand::scan, "Iterates: map cursor, options of SCAN")
            .with(READONLY),
        mapCommand("grid.size", 2, ServerCommands::dbsize, "Counts the keys: map").with(READONLY),
        mapCommand("grid.clear", 2, ServerCommands::clear, "Removes all entries: map").with(WRITE),
        mapCommand("grid.ttl", 3, KeyCommands::ttl, "Replies the seconds left: map key").readsKey(),
        mapCommand("grid.pttl", 3, KeyCommands::pttl, "Replies the milliseconds left: map key")
            .readsKey(),
        mapCommand("grid.expire", 4, KeyCommands::expire, "Sets seconds to live: map key seconds")
            .writesKey(),
        mapCommand("grid.persist", 3, KeyCommands::persist, "Takes the time to live off: map key")
            .writesKey(),
        mapCommand("grid.incrby", 4, StringCommands::incrby, "Adds to a number: map key delta")
            .writesKey()
            .with(DENYOOM));
  }
}
