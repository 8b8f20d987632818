/// A column of a table that is made of values (`Dialect.valueTable`). All columns of a table have the same number of them.
package enum ValueColumn: Sendable {
    case integers([Int64])
    case texts([String])
}
